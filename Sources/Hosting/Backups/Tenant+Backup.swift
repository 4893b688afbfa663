internal import Foundation
internal import Registry
internal import Storage
internal import Synchronization

extension Tenant {
    /// What is told of a copy's progress: how many pages are done, of how many.
    public typealias Progress = @Sendable (_ done: Int, _ total: Int) throws -> Void

    /// Makes a backup while the tenant works on, and deletes the oldest ones; blocks.
    ///
    /// - Returns: The backup, and how many others were deleted.
    /// - Throws: What `progress` throws, or why the registry cannot be read or written; there is no backup then.
    public func backUp(_ progress: Progress) throws -> (backup: Backup, deleted: Int) {
        let database = try lease()
        defer { endLease() }
        // One at a time: the copy has one place to be made in.
        return try backupTurn.withLock { _ in
            let profile = profile
            let source = BackupSource(
                tenant: name, database: database, configuration: profile.configuration, reason: .asked)
            let backup = try source.copy(to: folder.backups, at: wakeClock.now()) { [pool] done, total in
                try progress(done, total)
                // Whoever waits for a thread comes first.
                if pool.isBusy { usleep(1_000) }
            }
            // Nobody is told of a copy that has seen what may still be lost.
            try database.read { try waitUntilDurable($0) }
            guard let kept = profile.shop.policies.keptBackups else { return (backup, 0) }
            return (backup, try folder.backups.prune(to: kept))
        }
    }

    /// Copies registry and ledger into a folder while the tenant works on; blocks.
    func copy(to folder: TenantFolder) throws -> BackupManifest {
        let database = try lease()
        defer { endLease() }
        let source = BackupSource(
            tenant: name, database: database, configuration: profile.configuration, reason: .exported)
        let manifest = try source.copyWithLedger(to: folder, at: wakeClock.now(), self.folder.ledger)
        try database.read { try waitUntilDurable($0) }
        return manifest
    }

    /// Every whole backup, oldest first; blocks.
    ///
    /// - Throws: What the file system says.
    public func backups() throws -> [Backup] { try folder.backups.all() }
}
