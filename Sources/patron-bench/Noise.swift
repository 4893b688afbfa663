import ControlClient
import Foundation
import StrictJSON
import Synchronization

/// A tenant's clients that take all they can get, each on a thread of this program: many that pipeline orders, one that
/// imports a table again and again, one that exports all customers again and again.
final class Noise: Sendable {
    private struct State {
        var orders = 0
        var rows = 0
        var exported = 0
        var began = ContinuousClock.now
        var isStopping = false
        var running = 0
        var failure: (any Error)?
    }

    private let state = Mutex(State())
    private let ended = NSCondition()

    init(socket: String, tenant: String, clients: Int, depth: Int, table: String) {
        start { [self] in
            let pipeline = try Pipeline(socket: socket, tenant: tenant, clients: clients, depth: depth)
            while isWanted {
                let count = try pipeline.turn()
                state.withLock { $0.orders += count }
            }
            try pipeline.end()
        }
        start { [self] in
            while isWanted {
                let connection = try ControlConnection(path: socket)
                let upload = try connection.uploadingFiles(in: ["upload=@\(table)"], tenant: tenant)
                let reply = try connection.ask("@\(tenant) customer.import \(upload.joined(separator: " "))")
                guard let answer = reply.ok else {
                    throw BenchError.unexpectedAnswer(reply.error?.slug ?? "nothing")
                }
                state.withLock { $0.rows += Int(answer["rows"]?.integerValue ?? 0) }
            }
        }
        start { [self] in
            let client = try ListClient(path: socket)
            while isWanted {
                let rows = try client.ask("@\(tenant) customer.export format=csv")
                state.withLock { $0.exported += rows }
            }
        }
    }

    /// Forgets what was counted so far.
    func beginCounting() {
        state.withLock { state in
            (state.orders, state.rows, state.exported, state.began) = (0, 0, 0, .now)
        }
    }

    /// Lets what is under way end.
    ///
    /// - Returns: What was done since ``beginCounting()``.
    /// - Throws: What a client ran into.
    func stop() throws -> String {
        let text = state.withLock { state in
            state.isStopping = true
            let elapsed = ContinuousClock.now - state.began
            return "\(Int(Double(state.orders) / (elapsed / .seconds(1)))) orders/s, \(state.rows) rows imported, "
                + "\(state.exported) pieces exported"
        }
        ended.lock()
        while state.withLock({ $0.running > 0 }) { ended.wait() }
        ended.unlock()
        if let failure = state.withLock({ $0.failure }) { throw failure }
        return text
    }

    private var isWanted: Bool { state.withLock { !$0.isStopping && $0.failure == nil } }

    private func start(_ work: @escaping @Sendable () throws -> Void) {
        state.withLock { $0.running += 1 }
        Thread { [self] in
            let result = Result { try work() }
            ended.lock()
            state.withLock { state in
                state.running -= 1
                if case .failure(let error) = result { state.failure = state.failure ?? error }
            }
            ended.broadcast()
            ended.unlock()
        }.start()
    }
}
