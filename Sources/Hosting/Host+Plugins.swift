internal import ChannelKit
internal import Registry
internal import Storage
internal import Synchronization

/// The plugins that run in processes of their own.
extension Host {
    func attach(_ house: PluginHouse) {
        let pump = PluginPump(
            PluginPump.Surroundings(
                perform: { [weak self] in self?.perform($0) },
                tenant: { [weak self] name in
                    guard let self else { throw HostError.noTenant }
                    return try self.tenant(name)
                }, later: { house.after($0, $1) }, pauses: house.pauses, now: now))
        plugins.withLock { $0 = pump }
        house.attach(
            tenant: { [weak self] name in TenantName(name).flatMap { self?.knownTenant($0) } },
            ready: { [weak pump] plugin in pump?.ready(plugin) })
    }

    /// Begins to bring the plugins what waits for them.
    ///
    /// - Parameter replay: Carries out a tenant's parked input of a plugin until none is left or it fails.
    public func startPlugins(
        replay:
            @escaping @Sendable (
                _ tenant: Tenant, _ plugin: String, _ done: @escaping @Sendable ((any Error)?) -> Void
            ) -> Void
    ) {
        guard let pump = plugins.withLock({ $0 }) else { return }
        pump.replay(by: replay)
        for name in marked(in: pluginMarks) {
            perform { [weak self] in
                // What is wrong with a tenant is told to whoever asks for it.
                guard let self, let tenant = try? self.tenant(name) else { return }
                for plugin in tenant.profile.pluginsInUse { pump.ring(name, plugin) }
            }
        }
    }

    /// A tenant has something for a plugin.
    public func ringPlugin(_ plugin: String, of tenant: TenantName) {
        plugins.withLock { $0 }?.ring(tenant, plugin)
    }

    /// How far tenants are behind with telling a plugin, those that are behind most first.
    public func pluginBacklogs(_ plugin: String) -> [PluginBacklog] {
        plugins.withLock { $0 }?.backlogs(of: plugin, limit: 100) ?? []
    }

    /// Tenants where plugins are on.
    var pluginMarks: String { "\(directory)/.plugins" }

    /// Makes the tables of the plugins that a tenant has from now on; waits for the tenant's writer.
    func installTables(of profile: TenantProfile, in tenant: Tenant) throws {
        let before = tenant.profile
        for source in channels.sources where !source.isStandard {
            let descriptor = source.descriptor
            guard profile.isEnabled(descriptor.id), !before.isEnabled(descriptor.id) else { continue }
            try tenant.writeAndWait { transaction in
                try ChannelTableInstaller(transaction).install(
                    descriptor.migrations, descriptor.tables, of: descriptor.id)
                try DeliveryWriter(transaction).begin(descriptor.id)
            }
            tenant.state.withLock { $0.tableFaults[descriptor.id] = nil }
            try TenantMark(of: tenant.name, in: pluginMarks).set()
            ringPlugin(descriptor.id, of: tenant.name)
        }
    }

    /// Reads a plugin's manifest again, lets a new process take over and tells all tenants; waits for the process.
    ///
    /// - Throws: ``PluginFailure``; the old one then goes on.
    public func reloadPlugin(_ id: String) throws {
        guard let plugins = channels.plugins else { throw PluginFailure.unknown(id) }
        guard try plugins.reload(id) else { return }
        for tenant in tenants.withLock({ Array($0.values) }) { try refresh(tenant, plugin: id) }
    }

    /// Gives a tenant the channels as they are now.
    private func refresh(_ tenant: Tenant, plugin id: String) throws {
        try changes.withLock { _ in
            guard tenants.withLock({ $0[tenant.name] === tenant }) else { return }
            let profile = try profile(of: tenant.name, tenant.profile.configuration, isStrict: false)
            tenant.adopt(profile)
            guard profile.isEnabled(id), tenant.isOpen, let channel = profile.installedChannel(id) else { return }
            let descriptor = channel.descriptor
            do {
                try tenant.writeAndWait { transaction in
                    try ChannelTableInstaller(transaction).install(
                        descriptor.migrations, descriptor.tables, of: descriptor.id)
                }
                tenant.state.withLock { $0.tableFaults[id] = nil }
            } catch {
                tenant.state.withLock { $0.tableFaults[id] = error }
            }
        }
    }
}
