internal import Foundation
internal import Registry
internal import Storage

/// An open registry about to be copied.
struct BackupSource {
    let tenant: TenantName
    let database: Database
    let configuration: TenantConfiguration
    let reason: BackupManifest.Reason

    /// What is known of the copy from one look at the original.
    private struct Contents: Sendable {
        let seq: Int64
        let schema: [String]
        let channels: [String: Int64]
        let counts: [String: Int64]
    }

    /// Makes a backup; it survives loss of power when this returns.
    func copy(to folder: BackupFolder, at time: Instant, _ progress: Tenant.Progress) throws -> Backup {
        let draft = try folder.draft()
        do {
            let backup = Backup(name: try folder.nextName(at: time), manifest: try copy(to: draft, at: time, progress))
            try folder.publish(draft, backup)
            return backup
        } catch {
            // Nobody needs half a copy, and the next one begins by removing it.
            unlink(draft)
            throw error
        }
    }

    /// Copies the registry into a folder, and the ledger beside it: `file` as it is where it is of
    /// the same version.
    func copyWithLedger(to folder: TenantFolder, at time: Instant, _ file: String) throws -> BackupManifest {
        let manifest = try copy(to: folder.registry, at: time) { _, _ in }
        let ledger = try Database.look(at: folder.registry) { try RestoreLedger($0) }
        guard ledger.version > 0 else { return manifest }
        let bytes = FileManager.default.contents(atPath: file)
        // One that cannot be read is not taken along.
        let present = bytes.flatMap { try? RestoreLedger(stored: Array($0)) }
        let isSame = present?.version == ledger.version
        try TenantFolder.replace(folder.ledger, with: isSame ? bytes ?? Data() : Data(ledger.stored))
        return manifest
    }

    /// Copies the registry into a new file, which survives loss of power when this returns.
    private func copy(to draft: String, at time: Instant, _ progress: Tenant.Progress) throws -> BackupManifest {
        let contents = try database.read { transaction in
            try transaction.copy(to: draft, progress)
            return try Self.contents(transaction)
        }
        guard chmod(draft, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try TenantFolder.sync(draft)
        let file = try ChecksummedFile(draft)
        return BackupManifest(
            format: BackupManifest.format, tenant: tenant.description, madeAt: time.text, reason: reason,
            bytes: file.bytes, sha256: file.sha256, seq: contents.seq, schema: contents.schema,
            channels: contents.channels, counts: contents.counts, configuration: configuration)
    }

    private static func contents(_ transaction: ReadTransaction) throws -> Contents {
        let channels = try transaction.all(
            "SELECT channel, count(*) FROM channel_migration GROUP BY channel"
        ) { ($0.text(0), $0.integer(1)) }
        return Contents(
            seq: try TimelineReader(transaction).lastSeq(), schema: try transaction.migrations(),
            channels: Dictionary(channels) { $1 },
            counts: Dictionary(try transaction.rowCounts().map { ($0.table, $0.rows) }) { $1 })
    }
}
