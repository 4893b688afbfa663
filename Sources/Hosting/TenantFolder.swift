internal import Foundation
internal import Glibc

/// A tenant's files on disk.
struct TenantFolder: Sendable {
    let path: String

    init(of name: TenantName, in directory: String) {
        path = "\(directory)/\(name)"
    }

    /// Where a tenant is made; not a tenant's name, so never taken for one.
    init(draftOf name: TenantName, in directory: String) {
        path = "\(directory)/.new-\(name)"
    }

    var registry: String { "\(path)/registry.sqlite" }

    /// Bytes of the registry's file and its log.
    var registrySize: Int64 {
        [registry, registry + "-wal"].reduce(0) { size, path in
            var file = stat()
            return stat(path, &file) == 0 ? size + Int64(file.st_size) : size
        }
    }

    private var configurationFile: String { "\(path)/tenant.json" }

    /// Whether it is a tenant's folder.
    var exists: Bool { FileManager.default.fileExists(atPath: configurationFile) }

    /// Whether anything is in its place.
    var isTaken: Bool { FileManager.default.fileExists(atPath: path) }

    /// - Throws: ``HostError/noTenant``, ``HostError/unreadableConfiguration(_:)``.
    func configuration() throws -> TenantConfiguration {
        guard let data = FileManager.default.contents(atPath: configurationFile) else { throw HostError.noTenant }
        do {
            return try JSONDecoder().decode(TenantConfiguration.self, from: data)
        } catch let error as DecodingError {
            throw HostError.unreadableConfiguration(error.oneLine)
        }
    }

    /// Makes an empty folder; what an interrupted attempt left in its place goes.
    func create() throws {
        if isTaken { try FileManager.default.removeItem(atPath: path) }
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
        let data = try encoder.encode(configuration) + Data("\n".utf8)
        let beside = configurationFile + ".new"
        try Self.write(data, to: beside)
        guard rename(beside, configurationFile) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try Self.sync(path)
    }

    /// Writes a file that nobody else may read, and makes its bytes survive loss of power; what is there goes.
    static func write(_ data: Data, to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        try data.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
                guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
                rest = rest.dropFirst(count)
            }
        }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Makes what a folder or file holds survive loss of power.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
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
