import CSystem
import Foundation

/// A client that asks little: an order and a look at a customer every 10 ms.
final class QuietClient {
    /// What it was answered.
    struct Experience {
        var orders = Latencies()
        var reads = Latencies()

        var text: String { "orders \(Self.text(orders)); reads \(Self.text(reads))" }

        private static func text(_ latencies: Latencies) -> String {
            let times = latencies.percentiles([50, 99, 100]).map { String(format: "%.2f", $0) }
            return "(\(latencies.count)) p50 \(times[0]) ms, p99 \(times[1]) ms, longest \(times[2]) ms"
        }
    }

    private let socket: ClientSocket
    private let order = NumberedText(OrderText.request(isNew: false, hasConsent: false))
    private let look = NumberedText("customer.show 7\n")
    private var number = 0

    /// - Throws: ``BenchError``.
    init(socket path: String, tenant: String) throws(BenchError) {
        socket = try ClientSocket(path: path)
        try socket.ask("use \(tenant)")
        try socket.ask("coupon.show code=\(OrderText.coupon)")
    }

    /// Asks for so many seconds.
    ///
    /// - Throws: ``BenchError``.
    func run(seconds: Int) throws(BenchError) -> Experience {
        // Without it the clients of the noise, on the same processors, would be measured too.
        _ = csystem_run_first()
        csystem_set_real_time(1)
        defer { csystem_set_real_time(0) }
        var experience = Experience()
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            _ = csystem_begin_piece()
            order.fill(order: number, person: number % OrderPlan.knownCustomers)
            number += 1
            experience.orders.append(try time(order))
            usleep(5_000)
            experience.reads.append(try time(look))
            usleep(5_000)
        }
        return experience
    }

    private func time(_ request: NumberedText) throws(BenchError) -> Duration {
        let start = ContinuousClock.now
        try socket.ask(request)
        return ContinuousClock.now - start
    }
}
