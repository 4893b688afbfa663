import Foundation
import Synchronization

/// A client that sends an order every 20 ms while something else is measured.
final class OrderTrickle: Sendable {
    private struct State {
        var latencies = Latencies()
        var isStopping = false
        var failure: BenchError?
        var hasEnded = false
    }

    private let state = Mutex(State())
    private let ended = NSCondition()

    init(socket path: String, tenant: String) {
        Thread { [self] in
            do throws(BenchError) {
                try send(socket: path, tenant: tenant)
            } catch {
                state.withLock { $0.failure = error }
            }
            ended.lock()
            state.withLock { $0.hasEnded = true }
            ended.signal()
            ended.unlock()
        }.start()
    }

    /// Lets the last order be answered.
    ///
    /// - Returns: How long each order took.
    /// - Throws: Why an order was not taken.
    func stop() throws -> Latencies {
        state.withLock { $0.isStopping = true }
        ended.lock()
        while !state.withLock({ $0.hasEnded }) { ended.wait() }
        ended.unlock()
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return state.withLock { $0.latencies }
    }

    private func send(socket path: String, tenant: String) throws(BenchError) {
        let socket = try ClientSocket(path: path)
        try socket.ask("use \(tenant)")
        let known = OrderText.request(isNew: false, hasConsent: false)
        var number = 0
        while !state.withLock({ $0.isStopping }) {
            let order = NumberedText(known)
            order.fill(order: number, person: number % OrderPlan.knownCustomers)
            number += 1
            let start = ContinuousClock.now
            try socket.ask(order)
            let duration = ContinuousClock.now - start
            state.withLock { $0.latencies.append(duration) }
            usleep(20_000)
        }
    }
}
