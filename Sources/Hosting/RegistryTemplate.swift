internal import Foundation
internal import Registry
internal import Storage
internal import Synchronization

/// An empty registry, as every new tenant begins with: made once in the life of the host, then copied.
///
/// It holds the schema and what the program itself puts there, and nothing that is a tenant's own: keys, tokens and ids
/// are made when a tenant first needs them. Only the key by which the journal knows the file is another in each. It is never read back from disk, so no other program's is taken for it.
final class RegistryTemplate: Sendable {
    private let channels: ChannelCatalog
    /// The file, and where in it the key stands.
    private let made = Mutex<(bytes: Data, key: Range<Int>)?>(nil)

    /// For tenants with the tables of the channels of this build.
    init(_ channels: ChannelCatalog) {
        self.channels = channels
    }

    /// Makes an empty registry, closed and, like its bytes, safe from loss of power; the first one table by table.
    ///
    /// - Throws: What the file system or SQLite says.
    func copy(to path: String) throws {
        guard let (template, key) = made.withLock({ $0 }) else { return try make(at: path) }
        var empty = template
        for place in key { empty[place] = .random(in: .min ... .max) }
        try TenantFolder.write(empty, to: path)
    }

    private func make(at path: String) throws {
        let key = try { [channels] in
            let database = try Database(path: path, migrations: RegistrySchema.migrations)
            try channels.installTables(in: database)
            try database.layOut()
            return try database.read { try $0.applied()?.file }
        }()
        // Where the log could not be written back, the file alone is not all of it.
        guard try !TenantFolder.isThere(path + "-wal"), let key else { return }
        let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
        guard let place = bytes.range(of: Data(key)) else { return }
        made.withLock { $0 = (bytes, place) }
    }
}
