public import ChannelKit
internal import Registry
internal import Storage

/// The channels of a host, in the order they are listed.
public struct ChannelCatalog: Sendable {
    public let sources: [any ChannelSource]

    /// The channels of these sources, each with an id of its own.
    public init(_ sources: [any ChannelSource]) {
        self.sources = sources
    }

    /// Makes what is missing of the channels' own tables in a tenant's file.
    ///
    /// - Throws: ``ChannelTableError``, `StorageError`; nothing is changed then.
    func installTables(in database: Database) throws {
        let missing = try database.read { [sources] transaction in
            try sources.map(\.descriptor).filter { descriptor in
                try !ChannelTableInstaller.isInstalled(descriptor.migrations, of: descriptor.id, transaction)
            }
        }
        guard !missing.isEmpty else { return }
        try database.write { transaction in
            let installer = ChannelTableInstaller(transaction)
            for descriptor in missing {
                try installer.install(descriptor.migrations, descriptor.tables, of: descriptor.id)
            }
        }
    }
}
