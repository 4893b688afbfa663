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

    private let standings = Mutex<[JournalFile: Standing]>([:])

    /// A change is committed.
    func note(_ seq: Int64, of file: JournalFile, at path: String, isSynced: Bool) {
        standings.withLock { standings in
            var standing = standings[file] ?? Standing(path: path, newest: seq, synced: 0)
            standing.newest = max(standing.newest, seq)
            if isSynced { standing.synced = max(standing.synced, seq) }
            standings[file] = standing
        }
    }

    /// Makes files survive loss of power up to these changes at least, one after the other; blocks.
    ///
    /// A file that was closed has no log: SQLite has written it back.
    func settle(_ changes: [JournalFile: Int64]) {
        for (file, seq) in changes {
            guard let standing = standings.withLock({ $0[file] }), standing.synced < seq else { continue }
            Self.sync(standing.path)
            note(standing.newest, of: file, at: standing.path, isSynced: true)
        }
    }

    /// A file is settled and is not written to any more under this path.
    func forget(_ file: JournalFile) {
        standings.withLock { $0[file] = nil }
    }

    /// Makes all files survive loss of power; blocks.
    func settleAll() {
        settle(standings.withLock { $0.mapValues(\.newest) })
    }

    /// Syncs a file's log, or ends the process.
    static func sync(_ path: String) {
        do throws(LogFile.NotSynced) {
            try LogFile.sync(of: path)
        } catch {
            end(error, path)
        }
    }

    /// Ends the process, whose commits were not synced.
    ///
    /// What of them the disk has nobody knows, and another sync would say that all is well although it is not
    /// (https://wiki.postgresql.org/wiki/Fsync_Errors). The next start finds what is there, and brings the rest from the
    /// journal.
    static func end(_ error: LogFile.NotSynced, _ path: String) -> Never {
        fatalError("\(path): the log could not be synced, error \(error.errno)")
    }
}
