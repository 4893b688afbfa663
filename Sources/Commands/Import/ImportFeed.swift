internal import Foundation
internal import Hosting
internal import Registry
internal import Storage
internal import Synchronization

/// Hands the chunks of an import to the registry one after the other, while the next are being read.
final class ImportFeed: Sendable {
    /// What became of a chunk.
    struct Entered: Sendable {
        let outcome: ImportOutcome
        /// What reading it had to say.
        let remarks: [ImportRemark]
    }

    typealias Work = @Sendable (WriteTransaction, ImportChunk) throws -> ImportOutcome

    private struct State {
        var waiting: [ImportChunk] = []
        var isAtWork = false
        var entered: [Entered] = []
        var failure: (any Error)?
    }

    /// So many chunks may wait.
    private static let depth = 8

    private let tenant: Tenant
    private let work: Work
    private let state = Mutex(State())
    private let moved = NSCondition()

    /// `work` enters a chunk.
    init(_ tenant: Tenant, _ work: @escaping Work) {
        self.tenant = tenant
        self.work = work
    }

    /// Takes a chunk, once not too many wait.
    ///
    /// - Throws: Why a chunk before it could not be entered; none is entered after that.
    func add(_ chunk: ImportChunk) throws {
        try wait { $0.waiting.count < Self.depth }
        let isFirst = state.withLock { state in
            state.waiting.append(chunk)
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

    /// Lets the chunk at work end and forgets those that wait.
    func abandon() {
        state.withLock { $0.waiting = [] }
        // What a chunk ran into is no news any more.
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
        let next = state.withLock { state -> ImportChunk? in
            guard state.failure == nil, !state.waiting.isEmpty else {
                state.isAtWork = false
                return nil
            }
            return state.waiting.removeFirst()
        }
        if let next {
            tenant.write(isLong: true) { [self] transaction in
                let outcome = try work(transaction, next)
                return { [self] in
                    state.withLock { $0.entered.append(Entered(outcome: outcome, remarks: next.remarks)) }
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
