internal import CSQLite
internal import CStorage
internal import Synchronization

/// How long a database's log is, as SQLite tells after each commit (https://sqlite.org/c3ref/wal_hook.html), and what
/// copies it back into the file when nobody else has.
final class LogWatch: Sendable {
    /// The limit but for what is big.
    static let usualLimit = 32_000

    /// Held by whoever copies the log back beside the writer, which must be over before a log can be cut.
    let copying = Mutex(())
    private let pages = Atomic(0)
    private let allowed = Atomic(usualLimit)
    /// Commits that no journal has, and how many of them are on the disk.
    private let unsynced = Atomic(0)
    private let synced = Atomic(0)
    private let fault = Atomic(SQLITE_OK)
    /// Whether the log holds nothing that is to be gone.
    private let scrubbed = Atomic(true)

    /// Watches the commits of a connection, which keeps this as long as it does not have another watch it.
    func listen(to connection: OpaquePointer) {
        sqlite3_wal_hook(
            connection,
            { context, connection, database, pages in
                guard let context else { return SQLITE_OK }
                let watch = Unmanaged<LogWatch>.fromOpaque(context).takeUnretainedValue()
                watch.pages.store(Int(pages), ordering: .relaxed)
                if Int(pages) >= watch.limit {
                    let wasPaced = cstorage_pace_writes(1)
                    defer { _ = cstorage_pace_writes(wasPaced) }
                    // What cannot be copied now is copied later, unless the disk fails.
                    let code = sqlite3_wal_checkpoint_v2(connection, database, SQLITE_CHECKPOINT_PASSIVE, nil, nil)
                    if StorageError.isDiskFault(code) { watch.fault.store(code, ordering: .relaxed) }
                }
                return SQLITE_OK
            }, Unmanaged.passUnretained(self).toOpaque())
    }

    /// Takes out how the disk has failed while a commit copied the log back; nil where it has not.
    func takeFault() -> StorageError? {
        let code = fault.exchange(SQLITE_OK, ordering: .relaxed)
        return code == SQLITE_OK ? nil : StorageError(code, on: nil)
    }

    var isScrubbed: Bool { scrubbed.load(ordering: .acquiring) }

    func note(isScrubbed: Bool) {
        scrubbed.store(isScrubbed, ordering: .releasing)
    }

    /// In pages.
    var length: Int { pages.load(ordering: .relaxed) }

    /// A commit that makes the log so long copies it back, in pages.
    var limit: Int { allowed.load(ordering: .relaxed) }

    func setLimit(_ pages: Int) {
        allowed.store(pages, ordering: .relaxed)
    }

    /// Whether something was committed that neither the disk nor a journal has.
    var isUnsynced: Bool { synced.load(ordering: .acquiring) < unsynced.load(ordering: .relaxed) }

    /// Notes a commit that no journal has; only the writer does.
    ///
    /// - Returns: What ``noteSynced(upTo:)`` takes once the log was synced after it.
    @discardableResult
    func noteUnsynced() -> Int { unsynced.add(1, ordering: .relaxed).newValue }

    /// The disk has what was committed until then.
    func noteSynced(upTo mark: Int) { synced.max(mark, ordering: .acquiringAndReleasing) }
}
