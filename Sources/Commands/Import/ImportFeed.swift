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
        /// Those that come before them.
        var urgent: [Step] = []
        var isAtWork = false
        var entered: [Entered] = []
        /// Steps that are done, and how many of them somebody has asked about.
        var done = 0
        var told = 0
        var failure: (any Error)?
    }

    /// So many steps may wait: rows that were read together, so that the next can be read meanwhile.
    private static let depth = 64

    private let tenant: Tenant
    private let state = Mutex(State())
    private let moved = NSCondition()

    init(_ tenant: Tenant) {
        self.tenant = tenant
    }

    /// Takes a step, once not too many wait; one that is urgent comes before those that wait, at once.
    ///
    /// - Throws: Why a step before it failed; none is taken after that.
    func add(isUrgent: Bool = false, _ step: @escaping Step) throws {
        try wait { isUrgent || $0.waiting.count < Self.depth }
        let isFirst = state.withLock { state in
            if isUrgent { state.urgent.append(step) } else { state.waiting.append(step) }
            defer { state.isAtWork = true }
            return !state.isAtWork
        }
        if isFirst { enterNext() }
    }

    /// How many steps wait that are not urgent.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Whether the next step would have to wait to be taken.
    var isFull: Bool { waiting >= Self.depth }

    /// Waits until another step is done.
    ///
    /// - Returns: Whether one was, since this was last asked; false when all are.
    /// - Throws: Why one failed.
    func goOn() throws -> Bool {
        try wait { $0.done > $0.told || !$0.isAtWork }
        return state.withLock { state in
            defer { state.told = state.done }
            return state.done > state.told
        }
    }

    /// Lets the step at work end and forgets those that wait.
    func abandon() {
        state.withLock { ($0.waiting, $0.urgent) = ([], []) }
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
            if state.failure == nil {
                if !state.urgent.isEmpty { return state.urgent.removeFirst() }
                if !state.waiting.isEmpty { return state.waiting.removeFirst() }
            }
            state.isAtWork = false
            return nil
        }
        if let next {
            tenant.write(isLong: true) { [self] transaction in
                let entered = try next(transaction)
                return { [self] in
                    state.withLock { state in
                        state.done += 1
                        if let entered { state.entered.append(entered) }
                    }
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
