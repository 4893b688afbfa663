internal import Journal
internal import Storage
internal import Synchronization

/// How far each tenant's file is, and how far it survives loss of power without the journal.
final class TenantLogs: Sendable {
    private struct Standing {
        let path: String
        /// The newest change that is committed.
        var newest: Int64
        /// The newest change that is in the file, or in its log on the disk.
        var synced: Int64
    }

    /// Who has the files open.
    struct Owners: Sendable {
        /// Commits what was left open of a file; throws where it cannot be.
        let finish: @Sendable (JournalFile) throws -> Void
        /// Told of a file whose log cannot be synced.
        let halt: @Sendable (JournalFile, LogFile.NotSynced) -> Void
    }

    private struct State {
        var standings: [JournalFile: Standing] = [:]
        /// Files of which nobody knows what the disk has of them.
        var failed: Set<JournalFile> = []
    }

    private let state = Mutex(State())
    /// Held by whoever keeps changes aside, or deletes what is kept.
    private let keeping = Mutex(())
    /// Keeps aside what the journal has of files.
    private let keepCopy: @Sendable (Set<JournalFile>) throws -> Void
    private let owners = Mutex<Owners?>(nil)

    init(keepCopy: @escaping @Sendable (Set<JournalFile>) throws -> Void) {
        self.keepCopy = keepCopy
    }

    /// Asks and tells these from now on.
    func serve(_ owners: Owners) {
        self.owners.withLock { $0 = owners }
    }

    /// A change is committed.
    func note(_ seq: Int64, of file: JournalFile, at path: String, isSynced: Bool) {
        state.withLock { state in
            var standing = state.standings[file] ?? Standing(path: path, newest: seq, synced: 0)
            standing.newest = max(standing.newest, seq)
            if isSynced { standing.synced = max(standing.synced, seq) }
            state.standings[file] = standing
        }
    }

    /// Makes files survive loss of power up to these changes at least, one after the other; blocks.
    ///
    /// A file that was closed has no log: SQLite has written it back. What the journal has of one that cannot be synced is
    /// kept aside.
    ///
    /// - Returns: False when that could not be kept, and the journal has to have it for longer.
    func settle(_ changes: [JournalFile: Int64]) -> Bool {
        var isKept = true
        for (file, seq) in changes {
            guard let standing = state.withLock({ $0.standings[file] }), standing.synced < seq else { continue }
            let isFinished = isFinished(file)
            if !hasFailed(file) {
                guard isFinished else {
                    isKept = false
                    continue
                }
                do throws(LogFile.NotSynced) {
                    try LogFile.sync(of: standing.path)
                    note(standing.newest, of: file, at: standing.path, isSynced: true)
                    continue
                } catch {
                    fail(file)
                    owners.withLock { $0 }?.halt(file, error)
                }
            }
            // Another sync would say that all is well although it is not: https://wiki.postgresql.org/wiki/Fsync_Errors
            isKept = isKept && (try? keepCopyNow()) != nil
        }
        return isKept
    }

    /// Keeps aside what the journal has at this time of the files that have failed.
    func keepCopyNow() throws {
        try keeping.withLock { _ in try keepCopy(state.withLock { $0.failed }) }
    }

    /// A tenant's file is whole again, has been replaced, or is gone: nothing more is kept of what it was.
    ///
    /// - Parameters:
    ///   - name: The tenant's, as the journal has it.
    ///   - sweep: Deletes what is kept for nobody.
    /// - Returns: The files that had failed.
    /// - Throws: What `sweep` throws.
    func release(_ name: String, _ sweep: () throws -> Void) rethrows -> [JournalFile] {
        try keeping.withLock { _ in
            let released = state.withLock { state in
                let released = state.failed.filter { $0.name == name }
                state.failed.subtract(released)
                for file in released { state.standings[file] = nil }
                return released
            }
            try sweep()
            return Array(released)
        }
    }

    /// From now on a file's log is not synced, and what the journal has of it is kept.
    func fail(_ file: JournalFile) {
        state.withLock { _ = $0.failed.insert(file) }
    }

    /// Commits what was left open of a file.
    ///
    /// - Returns: False when that cannot be.
    private func isFinished(_ file: JournalFile) -> Bool {
        guard let owners = owners.withLock({ $0 }) else { return true }
        return (try? owners.finish(file)) != nil
    }

    private func hasFailed(_ file: JournalFile) -> Bool { state.withLock { $0.failed.contains(file) } }

    /// A file is settled and is not written to any more under this path.
    func forget(_ file: JournalFile) {
        state.withLock { $0.standings[file] = nil }
    }

    /// Makes all files survive loss of power; blocks.
    ///
    /// - Returns: As ``settle(_:)``.
    func settleAll() -> Bool {
        settle(state.withLock { $0.standings.mapValues(\.newest) })
    }
}
