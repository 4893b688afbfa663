import CSystem
import Glibc

/// Connections that keep so many orders each under way, driven from one thread.
final class Pipeline {
    private let poller: Int32
    private let sockets: [Int32]
    private let request = NumberedText(OrderText.request(isNew: false, hasConsent: false))
    private var events: [epoll_event]
    private var buffer = [UInt8](repeating: 0, count: 1 << 16)
    private var inFlight = 0
    private var number = 0

    /// - Throws: ``BenchError``.
    init(socket path: String, tenant: String, clients: Int, depth: Int) throws(BenchError) {
        poller = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard poller >= 0 else { throw .system(call: "epoll_create1", code: errno) }
        var sockets: [Int32] = []
        for _ in 0..<clients {
            let socket = csystem_unix_socket()
            guard socket >= 0, csystem_unix_connect(socket, path, path.utf8.count) == 0 else {
                throw .system(call: "connect", code: errno)
            }
            sockets.append(socket)
        }
        self.sockets = sockets
        events = [epoll_event](repeating: epoll_event(), count: clients)
        for (client, socket) in sockets.enumerated() {
            var event = epoll_event()
            event.events = EPOLLIN.rawValue
            event.data.u64 = UInt64(client)
            guard epoll_ctl(poller, EPOLL_CTL_ADD, socket, &event) == 0 else {
                throw .system(call: "epoll_ctl", code: errno)
            }
            let use = NumberedText("use \(tenant)\n")
            try send(use, to: socket)
            // The answer to `use` brings the last of them.
            for _ in 1..<depth { try sendOrder(to: socket) }
        }
    }

    deinit {
        for socket in sockets { close(socket) }
        close(poller)
    }

    /// Sends an order for each that has been answered.
    ///
    /// - Returns: How many answers came.
    /// - Throws: ``BenchError``.
    func turn() throws(BenchError) -> Int {
        try receive { (socket, count) throws(BenchError) in
            for _ in 0..<count { try sendOrder(to: socket) }
        }
    }

    /// Waits for the answers that are under way.
    ///
    /// - Throws: ``BenchError``.
    func end() throws(BenchError) {
        while inFlight > 0 { _ = try receive { (_, _) throws(BenchError) in } }
    }

    private func receive(_ answered: (Int32, Int) throws(BenchError) -> Void) throws(BenchError) -> Int {
        let ready = epoll_wait(poller, &events, Int32(events.count), 30_000)
        if ready < 0, errno == EINTR { return 0 }
        guard ready > 0 else { throw .silence(seconds: 30) }
        var total = 0
        for event in events[..<Int(ready)] {
            let socket = sockets[Int(event.data.u64)]
            let length = read(socket, &buffer, buffer.count)
            if length < 0, errno == EAGAIN || errno == EINTR { continue }
            guard length > 0 else { throw .system(call: "read", code: length == 0 ? ECONNRESET : errno) }
            if let error = buffer[..<length].firstRange(of: Array("ERR ".utf8)) {
                throw .unexpectedAnswer(String(decoding: buffer[error.lowerBound..<length].prefix(200), as: UTF8.self))
            }
            let count = buffer[..<length].count { $0 == UInt8(ascii: "\n") }
            inFlight -= count
            total += count
            try answered(socket, count)
        }
        return total
    }

    private func sendOrder(to socket: Int32) throws(BenchError) {
        request.fill(order: number, person: number % OrderPlan.knownCustomers)
        number += 1
        try send(request, to: socket)
    }

    private func send(_ request: NumberedText, to socket: Int32) throws(BenchError) {
        let count = csystem_send(socket, request.bytes.baseAddress, request.bytes.count)
        guard count == request.bytes.count else { throw .system(call: "send", code: count < 0 ? errno : EAGAIN) }
        inFlight += 1
    }
}
