internal import Journal
internal import Storage
internal import Synchronization

/// The host's journal, as its tenants use it.
final class TenantJournal: Sendable {
    let report: JournalReport
    private let journal: Journal
    private let logs = TenantLogs()

    /// Makes good what the last host left, and begins anew.
    ///
    /// - Parameters:
    ///   - directory: Holds the tenants' folders, and the journal's.
    ///   - size: How many bytes it keeps of what may be needed; above 0.
    ///   - deliver: Runs what may take a while.
    /// - Throws: `JournalError`, or what the file system says.
    init(
        in directory: String, size: Int, deliver: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void
    ) throws {
        let folder = try JournalFolder("\(directory)/.journal")
        let scan = try folder.scan()
        report = try JournalRecovery.run(scan, in: folder, of: directory)
        let logs = logs
        journal = try Journal(
            in: folder, after: scan, sizes: min(size, 1 << 20)...size,
            Journal.Surroundings(
                settle: { changes in
                    logs.settle(changes)
                    return true
                }, deliver: deliver))
    }

    /// Calls back once a commit survives loss of power.
    ///
    /// - Returns: Whether it does already; nothing is called back then.
    func keep(
        _ commit: Commit, of file: JournalFile, at path: String, _ done: @escaping @Sendable () -> Void
    ) -> Bool {
        switch commit {
        case .unchanged, .postponed: return true
        case .synced(let seq, let isScrubbed):
            logs.note(seq, of: file, at: path, isSynced: true)
            guard isScrubbed else { return true }
            journal.erase(file) { isErased in
                precondition(isErased, "what is erased cannot stay in the journal")
                done()
            }
        case .captured(let seq, let changes):
            logs.note(seq, of: file, at: path, isSynced: false)
            journal.append(JournalRecord(file: file, seq: seq, payload: changes)) { [logs] isKept in
                if !isKept {
                    // The journal has no room: the file has to do without it.
                    TenantLogs.sync(path)
                    logs.note(seq, of: file, at: path, isSynced: true)
                }
                done()
            }
        }
        return false
    }

    /// Makes a commit survive loss of power without the journal; blocks.
    func sync(_ commit: Commit, of file: JournalFile, at path: String) {
        guard case .captured(let seq, _) = commit else { return }
        TenantLogs.sync(path)
        logs.note(seq, of: file, at: path, isSynced: true)
    }

    /// Takes out what the journal has of a file that is closed and synced; blocks.
    func forget(_ file: JournalFile) {
        logs.forget(file)
        let answer = PendingAnswer<Void>()
        // What stays is older than the file, and passed over when it is found.
        journal.erase(file) { _ in answer.give(.success(())) }
        // It is never refused.
        try? answer.wait()
    }

    /// Returns once everything that waited is written and told.
    func flush() {
        journal.flush()
    }

    /// Ends the journal once all databases are closed.
    func close() {
        logs.settleAll()
        journal.close(isSettled: true)
    }
}
