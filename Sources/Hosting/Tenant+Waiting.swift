internal import Foundation
public import Storage
internal import Synchronization

/// The registry from a thread that may wait, such as a job's; never from one that serves other tenants.
extension Tenant {
    /// Changes the registry in one transaction and returns once that is durable.
    ///
    /// Other clients' changes may share the commit, and come in between two of these.
    ///
    /// - Throws: What `work` throws, or why nothing could be committed; nothing is changed then.
    public func writeAndWait<Result: Sendable>(
        _ work: @escaping @Sendable (WriteTransaction) throws -> Result
    ) throws -> Result {
        try writeLater(work).wait()
    }

    /// Queues a change in one transaction and returns at once, for a thread that prepares the next one meanwhile.
    public func writeLater<Result: Sendable>(
        _ work: @escaping @Sendable (WriteTransaction) throws -> Result
    ) -> PendingAnswer<Result> {
        let answer = PendingAnswer<Result>()
        write { transaction in
            let result = try work(transaction)
            return { answer.give(.success(result)) }
        } failed: { error in
            answer.give(.failure(error))
        }
        return answer
    }

    /// Looks at one snapshot of the registry on the calling thread, for as long as need be.
    ///
    /// The snapshot sees every change that was answered before, and none that may still be lost. While it lasts, the file's log cannot be cut back.
    ///
    /// - Throws: What `work` throws, or why the database cannot be opened.
    public func readHere<Result: Sendable>(_ work: @Sendable (ReadTransaction) throws -> Result) throws -> Result {
        let database = try lease()
        defer { endLease() }
        return try database.read { transaction in
            // The first look settles what the snapshot sees.
            try waitUntilDurable(transaction)
            return try work(transaction)
        }
    }

    /// Returns once what a snapshot sees survives loss of power.
    func waitUntilDurable(_ transaction: ReadTransaction) throws {
        let seq = try transaction.applied()?.seq
        let isDurable = PendingAnswer<Void>()
        whenDurable(seq) { isDurable.give(.success(())) }
        try isDurable.wait()
        if let halted { throw halted }
    }

    /// Looks at one snapshot of the registry on the calling thread if it is open; nil when it is not.
    ///
    /// - Throws: What `work` throws.
    public func readIfOpen<Result: Sendable>(_ work: @Sendable (ReadTransaction) throws -> Result) throws -> Result? {
        guard let database = leaseIfOpen() else { return nil }
        defer { endLease() }
        return try database.read(work)
    }

    /// The database if it is open, kept open until the lease is given back.
    private func leaseIfOpen() -> Database? {
        state.withLock { state in
            guard state.retirement == nil, state.database != nil else { return nil }
            state.leases += 1
            return state.database
        }
    }

    /// The open database, kept open until the lease is given back.
    func lease() throws -> Database {
        while true {
            if let retirement = state.withLock({ $0.retirement }) { throw retirement }
            if let open = leaseIfOpen() {
                guard isInPlace else {
                    state.withLock { $0.leases -= 1 }
                    throw absence
                }
                return open
            }
            // Whoever reads opens the database; it may be closed again before the lease is taken, but not for ever.
            let answer = PendingAnswer<Void>()
            read { _ in
                { answer.give(.success(())) }
            } failed: { error in
                answer.give(.failure(error))
            }
            try answer.wait()
        }
    }
}

/// An outcome that one thread gives and another waits for.
public final class PendingAnswer<Result: Sendable>: Sendable {
    private let condition = NSCondition()
    private let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)

    func give(_ result: Swift.Result<Result, any Error>) {
        condition.lock()
        outcome.withLock { $0 = result }
        condition.signal()
        condition.unlock()
    }

    /// Waits for the outcome; from a thread that may wait.
    ///
    /// - Throws: What the change threw, or why it could not be committed.
    public func wait() throws -> Result {
        condition.lock()
        defer { condition.unlock() }
        while true {
            if let result = outcome.withLock({ $0 }) { return try result.get() }
            condition.wait()
        }
    }
}
