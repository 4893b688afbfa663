import CSystem
import Glibc

/// Drives many connections from one thread: each sends its next order as soon as the last one is answered.
final class OrderClient {
    /// After this long without any answer the daemon counts as stuck.
    private static let patience = 30

    private let poller: Int32
    private let sockets: [ClientSocket]
    private let tenants: [String]
    /// Customers of each tenant who are known before the first order.
    private let customers: Int
    private var choice: TenantChoice
    /// What begins each tenant's requests, where a client has several.
    private let prefixes: [[UInt8]]
    private var sentAt: [ContinuousClock.Instant]
    /// The number of each tenant's next order.
    private var next: [Int]
    private let known: NumberedText
    private let knownWithConsent: NumberedText
    private let new: NumberedText
    private let newWithConsent: NumberedText

    /// Connects the clients, the first to the first tenant and so on.
    ///
    /// - Throws: ``BenchError/unexpectedAnswer(_:)``, ``BenchError/system(call:code:)``.
    init(
        socket path: String, tenants: [String], clients: Int, customers: Int = OrderPlan.knownCustomers,
        channel: String = OrderText.channel, isLogUniform: Bool = false
    ) throws(BenchError) {
        known = NumberedText(OrderText.request(isNew: false, hasConsent: false, channel: channel))
        knownWithConsent = NumberedText(OrderText.request(isNew: false, hasConsent: true, channel: channel))
        new = NumberedText(OrderText.request(isNew: true, hasConsent: false, channel: channel))
        newWithConsent = NumberedText(OrderText.request(isNew: true, hasConsent: true, channel: channel))
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poller >= 0 else { throw .system(call: "epoll_create1", code: errno) }
        var sockets: [ClientSocket] = []
        for client in 0..<clients {
            let socket = try ClientSocket(path: path)
            try socket.ask("use \(tenants[client % tenants.count])")
            sockets.append(socket)
        }
        prefixes = tenants.count > clients ? tenants.map { Array("@\($0) ".utf8) } : []
        choice = isLogUniform ? .logUniform(tenants: tenants.count) : .inTurn(tenants: tenants.count, clients: clients)
        self.sockets = sockets
        self.tenants = tenants
        self.customers = customers
        sentAt = .init(repeating: .now, count: clients)
        next = .init(repeating: 0, count: tenants.count)
        for (client, socket) in sockets.enumerated() {
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(client)
            guard epoll_ctl(poller, EPOLL_CTL_ADD, socket.descriptor, &event) == 0 else {
                throw .system(call: "epoll_ctl", code: errno)
            }
        }
    }

    deinit { close(poller) }

    /// Has every tenant's file opened, and an order registered in each where a client has several.
    ///
    /// - Throws: As ``run(seconds:)``.
    func openAll() throws(BenchError) {
        for (client, socket) in sockets.enumerated() where prefixes.isEmpty {
            try socket.ask("@\(tenants[client % tenants.count]) coupon.show code=\(OrderText.coupon)")
        }
        guard !prefixes.isEmpty else { return }
        var left = sockets.indices.map { (tenants.count - 1 - $0) / sockets.count }
        try drive { client, _ in
            left[client] -= 1
            return left[client] >= 0
        }
    }

    /// Sends orders for so many seconds, then waits for the answers that are under way.
    ///
    /// - Returns: How long each order took that was answered in time.
    /// - Throws: ``BenchError/unexpectedAnswer(_:)``, ``BenchError/silence(seconds:)``,
    ///   ``BenchError/system(call:code:)``.
    func run(seconds: Int) throws(BenchError) -> Latencies {
        var latencies = Latencies()
        let end = ContinuousClock.now + .seconds(seconds)
        try drive { client, now in
            guard now < end else { return false }
            latencies.append(now - sentAt[client])
            return true
        }
        return latencies
    }

    /// Sends an order from each client, and another after each answer as long as that is wanted.
    private func drive(
        _ goesOn: (_ client: Int, _ now: ContinuousClock.Instant) -> Bool
    ) throws(BenchError) {
        var events = [epoll_event](repeating: epoll_event(), count: sockets.count)
        for client in sockets.indices { try send(client) }
        var inFlight = sockets.count
        while inFlight > 0 {
            let count = epoll_wait(poller, &events, Int32(events.count), Int32(Self.patience * 1000))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .silence(seconds: Self.patience) }
            for event in events[..<Int(count)] {
                let client = Int(event.data.u64)
                guard try sockets[client].receive() else { continue }
                if goesOn(client, .now) {
                    try send(client)
                } else {
                    inFlight -= 1
                }
            }
        }
    }

    private func send(_ client: Int) throws(BenchError) {
        let tenant = choice.next(for: client)
        let plan = OrderPlan(number: next[tenant], customers: customers)
        next[tenant] += 1
        let request =
            plan.isNew ? (plan.hasConsent ? newWithConsent : new) : (plan.hasConsent ? knownWithConsent : known)
        request.fill(order: plan.number, person: plan.person)
        sentAt[client] = .now
        try sockets[client].send(request, after: prefixes.isEmpty ? [] : prefixes[tenant])
    }
}
