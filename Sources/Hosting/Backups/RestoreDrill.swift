internal import Foundation
internal import Registry
internal import Storage

/// A restore that was tried and thrown away.
public struct RestoreDrill: Sendable, Equatable, Codable {
    public let backup: String
    /// ISO 8601, UTC.
    public let at: String
    /// What was wrong, a sentence each, in the order it was found.
    public let problems: [String]
    /// Rows that were found, in all tables.
    public let rows: Int64
    /// How many steps of the schema had to be taken.
    public let migrations: Int
    public let milliseconds: Int64

    public var isSound: Bool { problems.isEmpty }
}

extension Host {
    /// Tries to restore a tenant's newest backup in a scratch file: copies it, counts it, brings it up to date and checks
    /// it; blocks.
    ///
    /// - Throws: ``HostError/noBackup`` when there is none to try.
    public func drill(_ name: TenantName, _ progress: Tenant.Progress) throws -> RestoreDrill {
        let folder = try folder(of: name)
        guard let backup = try folder.backups.all().last else { throw HostError.noBackup }
        let profile = try profile(of: name, backup.manifest.configuration, isStrict: false)
        let start = ContinuousClock.now
        let attempt = try withDraft("drill", of: name) { draft in
            let total = Int(backup.manifest.bytes)
            return try DrillAttempt(backup, folder, draft, channels, profile).run { try progress(Int($0), total) }
        }
        let drill = RestoreDrill(
            backup: backup.name.description, at: now().text, problems: attempt.problems, rows: attempt.rows,
            migrations: attempt.migrations,
            milliseconds: Int64((ContinuousClock.now - start) / .milliseconds(1)))
        try folder.backups.note(drill)
        return drill
    }

    /// The last drill of a tenant, nil when there has been none; blocks.
    public func lastDrill(of name: TenantName) throws -> RestoreDrill? { try folder(of: name).backups.lastDrill }
}

/// The steps of a drill.
private struct DrillAttempt {
    var problems: [String] = []
    var rows: Int64 = 0
    var migrations = 0
    private let backup: Backup
    private let folder: TenantFolder
    private let draft: TenantFolder
    private let channels: ChannelCatalog
    private let profile: TenantProfile

    init(
        _ backup: Backup, _ folder: TenantFolder, _ draft: TenantFolder, _ channels: ChannelCatalog,
        _ profile: TenantProfile
    ) {
        self.backup = backup
        self.folder = folder
        self.draft = draft
        self.channels = channels
        self.profile = profile
    }

    func run(_ progress: (Int64) throws -> Void) throws -> DrillAttempt {
        var attempt = self
        try draft.create()
        let file = try ChecksummedFile(folder.backups.data(backup.name), copyingTo: draft.registry, progress)
        guard file == ChecksummedFile(bytes: backup.manifest.bytes, sha256: backup.manifest.sha256) else {
            attempt.problems.append("its data has changed since it was made")
            return attempt
        }
        do {
            try attempt.count()
            try attempt.check()
        } catch let error as StorageError where error.isCorrupt {
            attempt.problems.append(error.message)
        } catch is NewerDatabase {
            attempt.problems.append(HostError.newerFile.description)
        }
        return attempt
    }

    private mutating func count() throws {
        let (counts, steps) = try Database.look(at: draft.registry) { (try $0.rowCounts(), try $0.migrations()) }
        rows = counts.reduce(0) { $0 + $1.rows }
        migrations = RegistrySchema.migrations.count - steps.count
        for (table, rows) in counts where backup.manifest.counts[table] != rows {
            problems.append("\(table) has \(rows) rows and had \(backup.manifest.counts[table] ?? 0)")
        }
    }

    private mutating func check() throws {
        let database = try Database(path: draft.registry, migrations: RegistrySchema.migrations)
        // It is thrown away.
        defer { try? database.close() }
        try channels.installTables(in: database)
        _ = channels.installTables(of: profile, in: database)
        let found = try database.read { [profile] in try TenantCheck.all($0, profile, isQuick: false) }
        for (check, findings) in found { problems += findings.map { "\(check.rawValue): \($0)" } }
    }
}
