internal import Storage
internal import Synchronization

/// Changes that the journal has while the file's transaction is still open.
extension Tenant {
    /// Bytes that have to be free on the disk: much more than all tenants write before they are finished, so that it is not
    /// then that the disk turns out to be full.
    private static let room: UInt64 = 256 << 20

    /// Whether a change may be left in an open transaction.
    func mayStayOpen(in database: Database) -> Bool { database.isUnfinished || folder.bytesFree >= Self.room }

    /// Has the open transaction committed before long.
    func noteUnfinished() {
        let isNew = state.withLock { state in
            defer { state.isToBeFinished = true }
            return !state.isToBeFinished
        }
        if isNew { openTenants.unfinished.add(self) }
    }

    /// Commits what was left open; tried again later where that cannot be done now.
    func finishLate() {
        state.withLock { $0.isToBeFinished = false }
        do { try finish() } catch { if halted == nil { noteUnfinished() } }
    }

    /// Commits what was left open, where the database is open.
    ///
    /// - Throws: Why it cannot be; where the disk fails the tenant is stopped.
    func finish() throws {
        try state.withLock { $0.database }?.finish()
    }
}
