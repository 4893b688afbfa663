internal import Foundation
internal import Registry

/// A tenant's backups on disk: `<name>.sqlite`, and its manifest `<name>.json` beside it.
///
/// The manifest is put there first and goes last: a backup is there as soon as its data is, and not before.
struct BackupFolder: Sendable {
    let path: String

    /// Every whole backup, oldest first; a manifest that cannot be read makes none.
    func all() throws -> [Backup] {
        guard try TenantFolder.isThere(path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: path).compactMap { file in
            guard file.hasSuffix(".sqlite"), let name = BackupName(String(file.dropLast(7))) else { return nil }
            return try backup(name)
        }.sorted { $0.name < $1.name }
    }

    /// A backup; nil when there is none of this name, or not all of it.
    func backup(_ name: BackupName) throws -> Backup? {
        guard try TenantFolder.isThere(data(name)), let bytes = try contents(of: manifest(name)),
            // Somebody else's file, or a newer program's.
            let manifest = try? JSONDecoder().decode(BackupManifest.self, from: bytes),
            manifest.format == BackupManifest.format
        else { return nil }
        return Backup(name: name, manifest: manifest)
    }

    private func contents(of manifest: String) throws(HostError) -> Data? {
        do throws(HostError) {
            return try TenantFolder.contents(of: manifest)
        } catch {
            // One that the disk does not give back makes no backup, and is in no other's way.
            guard case .unreachable = error else { throw error }
            return nil
        }
    }

    /// Where a backup's data is.
    func data(_ name: BackupName) -> String { "\(path)/\(name).sqlite" }

    private func manifest(_ name: BackupName) -> String { "\(path)/\(name).json" }

    /// The name of a new backup: behind all others, also when the clock has gone back.
    func nextName(at time: Instant) throws -> BackupName {
        let name = BackupName(at: time, number: 1)
        guard let last = try all().last?.name, last >= name else { return name }
        return last.successor
    }

    /// Where a copy is made before it becomes a backup.
    func draft() throws -> String {
        try TenantFolder.makeFolder(path)
        // What an interrupted attempt left goes.
        for file in try FileManager.default.contentsOfDirectory(atPath: path) where file.hasPrefix(Self.draftPrefix) {
            try FileManager.default.removeItem(atPath: "\(path)/\(file)")
        }
        return "\(path)/\(Self.draftPrefix)sqlite"
    }

    private static let draftPrefix = ".new."

    /// Makes a synced draft a backup.
    func publish(_ draft: String, _ backup: Backup) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try TenantFolder.replace(manifest(backup.name), with: encoder.encode(backup.manifest) + Data("\n".utf8))
        try TenantFolder.put(draft, inPlaceOf: data(backup.name))
    }

    /// Deletes the oldest until so many are left.
    ///
    /// - Returns: How many were deleted.
    func prune(to count: Int) throws -> Int {
        let superfluous = try all().dropLast(count)
        for backup in superfluous {
            guard unlink(data(backup.name)) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            // Without its data it counts for nothing.
            unlink(manifest(backup.name))
        }
        return superfluous.count
    }

    /// The last drill, nil when there has been none.
    var lastDrill: RestoreDrill? {
        FileManager.default.contents(atPath: drill).flatMap { data in
            // One that cannot be read tells nothing.
            try? JSONDecoder().decode(RestoreDrill.self, from: data)
        }
    }

    /// Keeps what a drill has found.
    func note(_ outcome: RestoreDrill) throws {
        try TenantFolder.replace(drill, with: JSONEncoder().encode(outcome))
    }

    private var drill: String { "\(path)/drill.json" }

    /// Keeps a file as it is, be it broken, under a name that is no backup's.
    func keepAside(_ file: String, as name: BackupName, _ ending: String) throws {
        guard try TenantFolder.isThere(file) else { return }
        try TenantFolder.makeFolder(path)
        let copy = "\(path)/\(name).broken\(ending)"
        unlink(copy)
        _ = try ChecksummedFile(file, copyingTo: copy)
        try TenantFolder.sync(path)
    }
}
