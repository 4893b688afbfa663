internal import Foundation
internal import Hosting
internal import Registry
internal import Storage
internal import Synchronization

/// Hands the steps of an import to the registry one after the other, while the next are being prepared.
final class ImportFeed: Sendable {
    /// What became of a chunk.
    struct Entered: Sendable {
        let outcome: ImportOutcome
        /// What reading it had to say.
        let remarks: [ImportRemark]
    }

    /// A step; nil when it enters no rows.
    typealias Step = @Sendable (WriteTransaction) throws -> Entered?

    private struct State {
        var waiting: [Step] = []
        var isAtWork = false
        var entered: [Entered] = []
        var failure: (any Error)?
    }

    /// So many steps may wait.
    private static let depth = 16

    private let tenant: Tenant
    private let state = Mutex(State())
    private let moved = NSCondition()

    init(_ tenant: Tenant) {
        self.tenant = tenant
    }

    /// Takes a step, once not too many wait.
    ///
    /// - Throws: Why a step before it failed; none is taken after that.
    func add(_ step: @escaping Step) throws {
        try wait { $0.waiting.count < Self.depth }
        let isFirst = state.withLock { state in
            state.waiting.append(step)
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if isFirst { enterNext() }
    }

    /// Waits until another chunk is entered.
    ///
    /// - Returns: What became of those entered since this or ``news()`` was last asked; nothing when all are told.
    /// - Throws: Why one could not be entered.
    func nextNews() throws -> [Entered] {
        try wait { !$0.entered.isEmpty || !$0.isAtWork }
        return news()
    }

    /// Lets the step at work end and forgets those that wait.
    func abandon() {
        state.withLock { $0.waiting = [] }
        // What a step ran into is no news any more.
        try? wait { !$0.isAtWork }
    }

    /// What became of the chunks entered since somebody last asked.
    func news() -> [Entered] {
        state.withLock { state in
            defer { state.entered = [] }
            return state.entered
        }
    }

    private func wait(until isReady: (State) -> Bool) throws {
        moved.lock()
        defer { moved.unlock() }
        while true {
            let (failure, isDone) = state.withLock { ($0.failure, isReady($0)) }
            if let failure { throw failure }
            if isDone { return }
            moved.wait()
        }
    }

    private func enterNext() {
        let next = state.withLock { state -> Step? in
            guard state.failure == nil, !state.waiting.isEmpty else {
                state.isAtWork = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        if let next {
            tenant.write(isLong: true) { [self] transaction in
                let entered = try next(transaction)
                return { [self] in
                    if let entered { state.withLock { $0.entered.append(entered) } }
                    enterNext()
                }
            } failed: { [self] error in
                state.withLock { $0.failure = error }
                enterNext()
            }
        }
        moved.lock()
        moved.broadcast()
        moved.unlock()
    }
}
