internal import Foundation

/// A tenant's files on disk.
struct TenantFolder: Sendable {
    let path: String
    /// Put together once, for with every change it is looked whether the file is still there.
    let registry: String

    private init(path: String) {
        self.path = path
        registry = "\(path)/registry.sqlite"
    }

    init(of name: TenantName, in directory: String) {
        self.init(path: "\(directory)/\(name)")
    }

    /// Where a tenant is made; not a tenant's name, so never taken for one.
    init(draftOf name: TenantName, in directory: String) {
        self.init(path: "\(directory)/.new-\(name)")
    }

    /// Where a tenant is that has been archived.
    init(archived name: TenantName, in directory: String) {
        self.init(path: "\(Self.archive(in: directory))/\(name)")
    }

    /// Where something of a tenant is made, or goes, outside of its place; gone after a restart.
    init(_ purpose: String, of name: TenantName, in directory: String) {
        self.init(path: "\(Self.drafts(in: directory))/\(purpose)-\(name)")
    }

    /// Not a tenant's name, so never taken for one.
    static func archive(in directory: String) -> String { "\(directory)/.archive" }

    /// Not a tenant's name, so never taken for one.
    static func drafts(in directory: String) -> String { "\(directory)/.drafts" }

    /// Bytes of the registry's file and its log.
    var registrySize: Int64 {
        [registry, registry + "-wal"].reduce(0) { size, path in
            var file = stat()
            return stat(path, &file) == 0 ? size + Int64(file.st_size) : size
        }
    }

    var hasRegistry: Bool {
        get throws(HostError) { try Self.isThere(registry) }
    }

    /// Whether nothing can be written there.
    var isReadOnly: Bool { access(path, W_OK) != 0 && [EROFS, EACCES].contains(errno) }

    /// What the disk has room for; 0 where that cannot be told.
    var bytesFree: UInt64 {
        var disk = statvfs()
        return statvfs(path, &disk) == 0 ? UInt64(disk.f_bavail) * UInt64(disk.f_frsize) : 0
    }

    /// Whether what is only there beside a registry is there.
    var hadRegistry: Bool {
        get throws(HostError) {
            if try Self.isThere(ledger) { return true }
            return try Self.isThere(backups.path)
        }
    }

    /// What a restore must not undo; see `RestoreLedger`.
    var ledger: String { "\(path)/restore.ledger" }

    var backups: BackupFolder { BackupFolder(path: "\(path)/backup") }

    private var configurationFile: String { "\(path)/tenant.json" }

    /// Whether it is a tenant's folder.
    var exists: Bool {
        get throws(HostError) { try Self.isThere(configurationFile) }
    }

    /// Whether anything is in its place.
    var isTaken: Bool {
        get throws(HostError) { try Self.isThere(path) }
    }

    /// - Throws: ``HostError/noTenant``, ``HostError/unreadableConfiguration(_:)``, ``HostError/tooManyFiles``.
    func configuration() throws -> TenantConfiguration {
        do {
            guard let data = try Self.contents(of: configurationFile) else { throw HostError.noTenant }
            return try JSONDecoder().decode(TenantConfiguration.self, from: data)
        } catch HostError.unreachable(let reason) {
            throw HostError.unreadableConfiguration(reason)
        } catch let error as DecodingError {
            throw HostError.unreadableConfiguration(error.oneLine)
        }
    }

    /// Makes an empty folder; what an interrupted attempt left in its place goes.
    func create() throws {
        if try isTaken { try FileManager.default.removeItem(atPath: path) }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    /// Lets nobody else read the registry; the files that SQLite puts beside it follow.
    func protectRegistry() throws {
        guard chmod(registry, 0o600) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    func move(to other: TenantFolder) throws {
        guard rename(path, other.path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Replaces the configuration in one step that survives loss of power: write beside, sync, rename, sync the folder.
    func write(_ configuration: TenantConfiguration) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try Self.replace(configurationFile, with: encoder.encode(configuration) + Data("\n".utf8))
    }
}

extension DecodingError {
    /// What is wrong and where, for one line.
    fileprivate var oneLine: String {
        switch self {
        case .typeMismatch(_, let context), .valueNotFound(_, let context), .dataCorrupted(let context):
            (context.codingPath.map(\.stringValue) + [context.debugDescription]).joined(separator: ": ")
        case .keyNotFound(let key, _): "\(key.stringValue) is missing"
        @unknown default: "it is not valid"
        }
    }
}
