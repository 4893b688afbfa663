internal import Foundation
public import Registry
internal import Storage

/// What a restore did.
public struct RestoreReport: Sendable, Equatable {
    /// The backup that the file which was there before has become; nil when there was none, or it was broken.
    public let kept: BackupName?
    public let outcome: RestoredFile.Outcome
}

/// Puts a backup in the place of a tenant's file.
///
/// Everything is made and checked beside it; one renaming is what counts. Before that nothing has happened, after it all.
struct Restoration {
    private let name: TenantName
    private let folder: TenantFolder
    private let draft: TenantFolder
    private let backup: Backup
    private let channels: ChannelCatalog
    private let profile: (TenantConfiguration) throws -> TenantProfile
    private let now: Instant

    init(
        of name: TenantName, from backup: Backup, into folder: TenantFolder, draft: TenantFolder,
        channels: ChannelCatalog, now: Instant, profile: @escaping (TenantConfiguration) throws -> TenantProfile
    ) {
        self.name = name
        self.backup = backup
        self.folder = folder
        self.draft = draft
        self.channels = channels
        self.profile = profile
        self.now = now
    }

    /// Copies the backup and checks all of it, while the tenant works on.
    ///
    /// - Throws: ``HostError/damagedBackup(_:)``, ``HostError/newerFile``.
    func prepare(_ progress: Tenant.Progress) throws {
        try draft.create()
        let total = Int(backup.manifest.bytes)
        let file = try ChecksummedFile(folder.backups.data(backup.name), copyingTo: draft.registry) { done in
            try progress(Int(done), total)
        }
        guard file == ChecksummedFile(bytes: backup.manifest.bytes, sha256: backup.manifest.sha256) else {
            throw HostError.damagedBackup("its data has changed since it was made")
        }
        let database = try open()
        let problems = try database.read { try $0.integrityProblems() }
        try database.close()
        if let first = problems.first { throw HostError.damagedBackup(first) }
    }

    /// Replaces the file; the tenant is out of service.
    func complete() throws -> RestoreReport {
        let configuration = try ensureConfiguration()
        let (kept, ledger, unsent) = try keepPresent(configuration)
        let outcome = try settle(configuration, ledger, unsent)
        try TenantFolder.sync(draft.registry)
        // The log of the file that goes would be taken for the other's; what was in it is kept.
        unlink(folder.registry + "-wal")
        unlink(folder.registry + "-shm")
        try TenantFolder.put(draft.registry, inPlaceOf: folder.registry)
        try folder.resumeAfterStop()
        return RestoreReport(kept: kept, outcome: outcome)
    }

    private func open() throws -> Database {
        do {
            let database = try Database(path: draft.registry, migrations: RegistrySchema.migrations)
            try channels.installTables(in: database)
            return database
        } catch is NewerDatabase {
            throw HostError.newerFile
        } catch let error as StorageError where error.isCorrupt {
            throw HostError.damagedBackup(error.message)
        }
    }

    /// Where the settings are lost too, those of the backup are put back.
    private func ensureConfiguration() throws -> TenantConfiguration {
        if try folder.exists { return try folder.configuration() }
        try folder.write(backup.manifest.configuration)
        return backup.manifest.configuration
    }

    /// Makes a backup of the file that goes, and reads from it what must not be undone; what cannot be read is kept as
    /// it is, and the ledger beside it speaks.
    private func keepPresent(
        _ configuration: TenantConfiguration
    ) throws -> (BackupName?, RestoreLedger?, Set<String>) {
        let file = LedgerFile(folder.ledger)
        guard try folder.hasRegistry else { return (nil, try stored(file), []) }
        do {
            let present = try Database(path: folder.registry, migrations: RegistrySchema.migrations)
            // It goes; what it holds has been copied.
            defer { try? present.close() }
            let source = BackupSource(
                tenant: name, database: present, configuration: configuration, reason: .replaced)
            let kept = try source.copy(to: folder.backups, at: now) { _, _ in }
            let (ledger, unsent) = try present.read { transaction in
                (try RestoreLedger(transaction), try RestoredFile.unsentMails(transaction))
            }
            // An older file in the place of a newer one does not know all.
            return (kept.name, try ledger.version < file.version() ? try stored(file) : ledger, unsent)
        } catch let error where error is NewerDatabase || (error as? StorageError)?.isCorrupt == true {
            let name = try folder.backups.nextName(at: now)
            try folder.backups.keepAside(folder.registry, as: name, "")
            try folder.backups.keepAside(folder.registry + "-wal", as: name, "-wal")
            return (nil, try stored(file), [])
        }
    }

    private func stored(_ file: LedgerFile) throws -> RestoreLedger? {
        do {
            return try file.ledger()
        } catch is RestoreLedger.Unreadable {
            throw HostError.damagedLedger
        }
    }

    private func settle(
        _ configuration: TenantConfiguration, _ ledger: RestoreLedger?, _ unsent: Set<String>
    ) throws -> RestoredFile.Outcome {
        let profile = try profile(configuration)
        let database = try open()
        _ = channels.installTables(of: profile, in: database)
        let occasion = Occasion(shop: profile.shop, at: now, actor: .operator)
        let outcome = try database.write { [name = backup.name.description] transaction in
            try RestoredFile(transaction, occasion).settle(
                from: name, heeding: ledger, unsent: unsent, profile.restoring(transaction, occasion))
        }
        // The file alone takes the other's place.
        try database.close()
        return outcome
    }
}
