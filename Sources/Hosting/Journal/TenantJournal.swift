internal import Journal
internal import Storage
internal import Synchronization

/// The host's journal, as its tenants use it.
final class TenantJournal: Sendable {
    let report: JournalReport
    private let journal: Journal
    private let folder: JournalFolder
    private let logs: TenantLogs
    private let directory: String
    private let notes: StopNotes

    /// Makes good what the last host left, and begins anew.
    ///
    /// - Parameters:
    ///   - directory: Holds the tenants' folders, and the journal's.
    ///   - size: How many bytes it keeps of what may be needed; above 0.
    ///   - deliver: Runs what may take a while.
    ///   - isBusy: Whether tenants wait to be written to.
    /// - Throws: `JournalError`, or what the file system says.
    init(
        in directory: String, size: Int, deliver: @escaping @Sendable (@escaping @Sendable () -> Void) -> Void,
        isBusy: @escaping @Sendable () -> Bool
    ) throws {
        let folder = try JournalFolder("\(directory)/.journal")
        let scan = try folder.scan()
        notes = try StopNotes(in: "\(directory)/.journal/stopped", of: directory)
        report = try JournalRecovery.run(scan, in: folder, of: directory, notes)
        let generation = scan.generation + 1
        let logs = TenantLogs { try folder.keepCopy(of: $0, generation) }
        (self.folder, self.logs, self.directory) = (folder, logs, directory)
        journal = try Journal(
            in: folder, after: scan, sizes: min(size, 1 << 20)...size,
            Journal.Surroundings(
                settle: { logs.settle($0) }, deliver: deliver, isBusy: isBusy))
        // What cannot be deleted now is at the next start.
        try? sweepKept(without: nil)
    }

    /// Calls back once a commit survives loss of power, or with false when the journal has no room for it and its log has
    /// to be synced.
    ///
    /// With `mayWait` the calling thread sees to that itself where nobody else's changes are written now: nobody has to be
    /// woken for it.
    ///
    /// - Returns: Whether it does already; nothing is called back then.
    func keep(
        _ commit: Commit, of file: JournalFile, at path: String, mayWait: Bool,
        _ done: @escaping @Sendable (_ isKept: Bool) -> Void
    ) -> Bool {
        switch commit {
        // Whoever committed syncs the log.
        case .unchanged, .postponed, .unsynced: return true
        case .synced(let seq, let isScrubbed):
            logs.note(seq, of: file, at: path, isSynced: true)
            // Waited for: a change that is written before it is over would be erased with what came before.
            if isScrubbed { precondition(erase(file), "what is erased cannot stay in the journal") }
            return true
        case .captured(let seq, let changes):
            logs.note(seq, of: file, at: path, isSynced: false)
            let record = JournalRecord(file: file, seq: seq, payload: changes)
            guard mayWait, let isKept = journal.appendHere(record) else {
                journal.append(record, done: done)
                return false
            }
            if !isKept { done(false) }
            return isKept
        }
    }

    /// A commit survives loss of power without the journal.
    func noteSynced(_ commit: Commit, of file: JournalFile, at path: String) {
        guard let seq = commit.seq else { return }
        logs.note(seq, of: file, at: path, isSynced: true)
        journal.noteSettled(file, upTo: seq)
    }

    /// Works for tenants from now on.
    ///
    /// - Parameters:
    ///   - finish: Commits what a tenant has left open; throws where it cannot be.
    ///   - halt: Told of tenants whose logs cannot be synced from now on, and why.
    func serve(
        finish: @escaping @Sendable (TenantName) throws -> Void, halt: @escaping @Sendable (TenantName, String) -> Void
    ) {
        logs.serve(
            TenantLogs.Owners(
                finish: { file in if let name = TenantName(file.name) { try finish(name) } },
                halt: { file, error in if let name = TenantName(file.name) { halt(name, error.description) } }))
    }

    /// Keeps what the journal has and gets of a file, of which nobody knows what the disk has.
    func keep(_ file: JournalFile) {
        logs.fail(file)
    }

    /// What is kept of a file that failed, in order; blocks.
    ///
    /// - Throws: `JournalError`.
    func kept(of file: [UInt8]) throws -> [JournalScan.Change] {
        // What is on its way to the disk belongs to it; what has been passed is kept already.
        journal.flush()
        try logs.keepCopyNow()
        return try folder.kept(of: file)
    }

    /// How many bytes of changes are kept of tenants that are stopped or gone, by name; blocks.
    ///
    /// - Throws: `JournalError`.
    func keptSizes() throws -> [String: Int] {
        Dictionary(try folder.keptSizes().map { ($0.key.name, $0.value) }) { $0 + $1 }
    }

    /// Why a tenant is stopped, nil when it is not.
    ///
    /// - Throws: ``HostError/tooManyFiles``, ``HostError/unreachable(_:)``.
    func stopReason(of name: TenantName, in folder: TenantFolder) throws(HostError) -> String? {
        if let reason = notes.reason(name) { return reason }
        return try folder.stopReason
    }

    /// Stops a tenant durably, also where its folder cannot be written to.
    ///
    /// - Parameters:
    ///   - name: The tenant.
    ///   - file: Its file, nil when that is not known.
    ///   - folder: Where its files are.
    ///   - reason: Why.
    /// - Throws: What the file system says; where it is open it is to be refused all the same.
    func stop(_ name: TenantName, _ file: JournalFile?, in folder: TenantFolder, _ reason: String) throws {
        try notes.stop(name, file?.key ?? [], in: folder, reason)
    }

    /// Keeps nothing more of a tenant whose file is whole again, has been replaced, or is gone; blocks.
    ///
    /// - Throws: `JournalError`, or what the file system says; nothing is lost by what is still there.
    func release(_ name: TenantName, isGone: Bool = false) throws {
        try notes.clear(name)
        let files = try logs.release(name.description) { try sweepKept(without: isGone ? name : nil) }
        for file in files { _ = erase(file) }
    }

    /// Deletes what is kept of tenants that are at work; what is kept of one whose folder nobody finds is all there is.
    private func sweepKept(without gone: TenantName?) throws {
        try folder.sweepKept { file in
            guard let name = TenantName(file.name), name != gone else { return false }
            let folders = [TenantFolder(of: name, in: directory), TenantFolder(archived: name, in: directory)]
            // Nor is anything deleted of one that cannot be looked at.
            return notes.reason(name) != nil
                || (try? folders.first { try $0.isTaken }.map { try $0.stopReason != nil }) ?? true
        }
    }

    /// Takes out what the journal has of a file that is closed and synced; blocks.
    func forget(_ file: JournalFile) {
        logs.forget(file)
        // What stays is older than the file, and passed over when it is found.
        _ = erase(file)
    }

    /// Overwrites a file's changes; blocks.
    private func erase(_ file: JournalFile) -> Bool {
        let answer = PendingAnswer<Bool>()
        journal.erase(file) { answer.give(.success($0)) }
        // It is always answered.
        return (try? answer.wait()) ?? false
    }

    /// Returns once everything that waited is written and told.
    func flush() {
        journal.flush()
    }

    /// Ends the journal once all databases are closed.
    func close() {
        journal.close(isSettled: logs.settleAll())
    }
}
