public import ChannelKit
internal import Registry
internal import Storage

/// The channels of a host: those of this build, then those of the plugins that run in processes of their own.
public struct ChannelCatalog: Sendable {
    private let compiled: [any ChannelSource]
    public let plugins: PluginHouse?
    /// Tells what every tenant's file must have, by this build, from anything else.
    let stamp: Int32

    /// The channels of these sources, each with an id of its own.
    public init(_ compiled: [any ChannelSource], plugins: PluginHouse? = nil) {
        self.compiled = compiled
        self.plugins = plugins
        var digest = SHA256Digest()
        for migration in RegistrySchema.migrations { digest.update(migration.name) }
        for descriptor in compiled.map(\.descriptor) {
            digest.update(descriptor.id)
            for migration in descriptor.migrations { digest.update(migration.name) }
            for table in descriptor.tables {
                for column in table.columns { digest.update("\(table.name) \(column.name) \(column.content)") }
            }
        }
        // Never 0, which is what a file has that nobody has stamped.
        stamp = digest.finish().prefix(4).reduce(1) { $0 << 7 | Int32($1 & 0x7f) }
    }

    /// In the order they are listed; the plugins among them may change while the host runs.
    public var sources: [any ChannelSource] { compiled + (plugins?.sources ?? []) }

    /// Makes what is missing of the tables of the channels that every tenant has.
    ///
    /// A file with this build's stamp is passed over; any other gets it.
    ///
    /// - Throws: ``ChannelTableError``, `StorageError`; nothing is changed then.
    func installTables(in database: Database) throws {
        guard try database.readAsWriter({ try $0.schemaStamp() }) != stamp else { return }
        try Self.install(compiled.map(\.descriptor), in: database)
        // Without it the next opening looks again.
        try? database.write { try $0.setSchemaStamp(stamp) }
    }

    /// Whether nothing is missing of the tables of the channels that every tenant has.
    ///
    /// - Throws: ``ChannelTableError``, `StorageError`.
    func areTablesInstalled(_ transaction: ReadTransaction) throws -> Bool {
        let installed = try InstalledTables(transaction)
        return try compiled.map(\.descriptor).allSatisfy { descriptor in
            try installed.areComplete(descriptor.migrations, descriptor.tables, of: descriptor.id)
        }
    }

    /// Makes what is missing of the tables of the plugins that a tenant has switched on.
    ///
    /// - Returns: What is wrong with those that cannot be made; the tenant goes on without them.
    func installTables(of profile: TenantProfile, in database: Database) -> [String: any Error] {
        var faults: [String: any Error] = [:]
        for source in plugins?.sources ?? [] where profile.isEnabled(source.descriptor.id) {
            do {
                try Self.install([source.descriptor], in: database)
            } catch {
                faults[source.descriptor.id] = error
            }
        }
        return faults
    }

    private static func install(_ descriptors: [ChannelDescriptor], in database: Database) throws {
        let missing = try database.readAsWriter { transaction in
            let installed = try InstalledTables(transaction)
            return try descriptors.filter { descriptor in
                try !installed.areComplete(descriptor.migrations, descriptor.tables, of: descriptor.id)
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
