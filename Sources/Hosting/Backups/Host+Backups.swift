internal import Foundation

extension Host {
    /// Every whole backup of a tenant, archived or not, oldest first; blocks.
    ///
    /// - Throws: ``HostError/noTenant``, or what the file system says.
    public func backups(of name: TenantName) throws -> [Backup] { try folder(of: name).backups.all() }

    /// Puts a backup in the place of a tenant's file; blocks.
    ///
    /// The tenant may be archived. What is there becomes a backup first. Who has been erased since stays erased, who has objected is not subscribed again, and revoked tokens stay revoked.
    ///
    /// - Parameters:
    ///   - name: The tenant.
    ///   - backup: The backup's name.
    ///   - progress: Told how many bytes of the backup are read, of how many, before anything changes.
    /// - Returns: What it did.
    /// - Throws: ``HostError/noBackup``, ``HostError/damagedBackup(_:)``, ``HostError/newerFile``, ``HostError/inUse``.
    public func restore(
        _ name: TenantName, from backup: BackupName, _ progress: Tenant.Progress
    ) throws -> RestoreReport {
        let folder = try folder(of: name)
        guard let backup = try folder.backups.backup(backup) else { throw HostError.noBackup }
        return try withDraft("restored", of: name) { draft in
            let restoration = Restoration(
                of: name, from: backup, into: folder, draft: draft, channels: channels, now: now()
            ) { try self.profile(of: name, $0, isStrict: false) }
            try restoration.prepare(progress)
            let report = try withdraw(name, because: .withdrawn(.restored)) {
                let report = try restoration.complete()
                try journal.release(name)
                return report
            }
            // Channels may want to be woken; what is wrong with the tenant is told to whoever asks for it.
            if (try? isArchived(name)) == false { try? tenant(name).findWakes() }
            return report
        }
    }

    /// Where a tenant's files are, be it archived, or broken.
    ///
    /// - Throws: ``HostError/noTenant``.
    func folder(of name: TenantName) throws(HostError) -> TenantFolder {
        for folder in [TenantFolder(of: name, in: directory), TenantFolder(archived: name, in: directory)] {
            if try folder.isTaken { return folder }
        }
        throw .noTenant
    }

    /// Lends a folder that is gone afterwards; its name is nobody else's.
    func withDraft<Result>(
        _ purpose: String, of name: TenantName, _ body: (TenantFolder) throws -> Result
    ) throws -> Result {
        let draft = TenantFolder("\(purpose)-\(UUID().uuidString.lowercased())", of: name, in: directory)
        // What cannot be deleted now is at the next start.
        defer { try? FileManager.default.removeItem(atPath: draft.path) }
        return try body(draft)
    }
}
