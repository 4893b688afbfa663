import CSystem
import Glibc

/// Drives many connections from one thread: each sends its next order as soon as the last one is answered.
final class OrderClient {
    /// After this long without any answer the daemon counts as stuck.
    private static let patience = 30

    private let poller: Int32
    private let sockets: [ClientSocket]
    private let tenants: Int
    /// What begins each tenant's requests, where a client has several.
    private let prefixes: [[UInt8]]
    /// How many orders each client has sent.
    private var sent: [Int]
    private var sentAt: [ContinuousClock.Instant]
    /// The number of each tenant's next order.
    private var next: [Int]
    private let known: NumberedText
    private let knownWithConsent: NumberedText
    private let new: NumberedText
    private let newWithConsent: NumberedText

    /// Connects the clients, the first to the first tenant and so on, and has every tenant's file opened.
    ///
    /// - Throws: ``BenchError/unexpectedAnswer(_:)``, ``BenchError/system(call:code:)``.
    init(
        socket path: String, tenants: [String], clients: Int, channel: String = OrderText.channel
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
            for tenant in stride(from: client, to: max(tenants.count, client + 1), by: clients) {
                try socket.ask("@\(tenants[tenant % tenants.count]) coupon.show code=\(OrderText.coupon)")
            }
            sockets.append(socket)
        }
        prefixes = tenants.count > clients ? tenants.map { Array("@\($0) ".utf8) } : []
        sent = .init(repeating: 0, count: clients)
        self.sockets = sockets
        self.tenants = tenants.count
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

    /// Sends orders for so many seconds, then waits for the answers that are under way.
    ///
    /// - Returns: How long each order took that was answered in time.
    /// - Throws: ``BenchError/unexpectedAnswer(_:)``, ``BenchError/silence(seconds:)``,
    ///   ``BenchError/system(call:code:)``.
    func run(seconds: Int) throws(BenchError) -> Latencies {
        var latencies = Latencies()
        var events = [epoll_event](repeating: epoll_event(), count: sockets.count)
        let end = ContinuousClock.now + .seconds(seconds)
        for client in sockets.indices { try send(client) }
        var inFlight = sockets.count
        while inFlight > 0 {
            let count = epoll_wait(poller, &events, Int32(events.count), Int32(Self.patience * 1000))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .silence(seconds: Self.patience) }
            for event in events[..<Int(count)] {
                let client = Int(event.data.u64)
                guard try sockets[client].receive() else { continue }
                let now = ContinuousClock.now
                if now < end {
                    latencies.append(now - sentAt[client])
                    try send(client)
                } else {
                    inFlight -= 1
                }
            }
        }
        return latencies
    }

    private func send(_ client: Int) throws(BenchError) {
        let round = sent[client] * sockets.count + client
        sent[client] += 1
        let tenant = prefixes.isEmpty ? client % tenants : round < tenants ? round : start(client)
        let plan = OrderPlan(number: next[tenant])
        next[tenant] += 1
        let request =
            plan.isNew ? (plan.hasConsent ? newWithConsent : new) : (plan.hasConsent ? knownWithConsent : known)
        request.fill(order: plan.number, person: plan.person)
        sentAt[client] = .now
        try sockets[client].send(request, after: prefixes.isEmpty ? [] : prefixes[tenant])
    }

    /// Begins another round of a client's tenants.
    private func start(_ client: Int) -> Int {
        sent[client] = 1
        return client
    }
}
