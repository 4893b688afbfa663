internal import Foundation
internal import Registry
internal import Storage
internal import Synchronization

/// An empty registry, as every new tenant begins with: made once in the life of the host, then copied.
///
/// It holds the schema and what the program itself puts there, and nothing that is a tenant's own: keys, tokens and ids
/// are made when a tenant first needs them. It is never read back from disk, so no other program's is taken for it.
final class RegistryTemplate: Sendable {
    private let channels: ChannelCatalog
    private let bytes = Mutex<Data?>(nil)

    /// For tenants with the tables of the channels of this build.
    init(_ channels: ChannelCatalog) {
        self.channels = channels
    }

    /// Makes an empty registry, closed and, like its bytes, safe from loss of power; the first one table by table.
    ///
    /// - Throws: What the file system or SQLite says.
    func copy(to path: String) throws {
        guard let empty = bytes.withLock({ $0 }) else { return try make(at: path) }
        try TenantFolder.write(empty, to: path)
    }

    private func make(at path: String) throws {
        try channels.installTables(in: try Database(path: path, migrations: RegistrySchema.migrations))
        // Where the log could not be written back, the file alone is not all of it.
        guard !FileManager.default.fileExists(atPath: path + "-wal") else { return }
        let made = try Data(contentsOf: URL(fileURLWithPath: path))
        bytes.withLock { $0 = made }
    }
}
