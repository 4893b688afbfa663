internal import Hosting
internal import StrictJSON

/// What the host has done since its start and what waits, at one moment.
struct HostStatistics {
    private let openTenants: Int
    private let warmTenants: Int
    private let tenants: [Tenant]
    private let tenantsWithMail: Int
    private let migrations: (left: Int, failed: Int, isOver: Bool)
    private let uptime: Int64
    private let measurements: Measurements
    private let pools: [PoolLoad]
    private let plugins: [PluginStatus]
    /// Bytes that the journal keeps of tenants that are stopped or gone.
    private let kept: [(tenant: String, bytes: Int)]
    /// What the socket server counts.
    private let server: [JSON.Member]

    /// Blocks.
    ///
    /// - Throws: Why the plugins cannot be asked, or the journal's folder cannot be read.
    init(_ services: Services) throws {
        let host = services.host
        openTenants = host.openCount
        warmTenants = host.warmCount
        tenants = host.knownTenants
        tenantsWithMail = host.tenantsWithMail
        migrations = host.migrations
        uptime = host.uptime
        measurements = host.measurements
        pools = host.pools
        plugins = try host.channels.plugins?.statuses() ?? []
        kept = try host.keptChanges().map { ($0.key, $0.value) }.sorted { $0.0 < $1.0 }
        server = services.serverStatistics()
    }

    var json: JSONFragment {
        JSONWriter.object { writer in
            writer.member("open_tenants", openTenants)
            writer.member("warm_tenants", warmTenants)
            writer.member("known_tenants", tenants.count)
            writer.member("tenants_with_mail", tenantsWithMail)
            writer.member("migrations_left", migrations.left)
            writer.member("migrations_failed", migrations.failed)
            writer.member("migrations_over", migrations.isOver)
            for member in server { writer.member(member.name, member.value) }
            writer.members(of: measurements)
            writer.name("pools")
            writer.beginObject()
            for pool in pools {
                writer.name(pool.name)
                writer.beginObject()
                writer.member("threads", pool.threads)
                writer.member("resting", pool.resting)
                writer.member("waiting", pool.waiting)
                writer.endObject()
            }
            writer.endObject()
            writer.name("kept")
            writer.beginArray()
            for tenant in kept {
                writer.beginObject()
                writer.member("tenant", tenant.tenant)
                writer.member("bytes", tenant.bytes)
                writer.endObject()
            }
            writer.endArray()
            writer.name("plugins")
            writer.beginArray()
            for plugin in plugins {
                writer.beginObject()
                writer.member("plugin", plugin.id)
                writer.member("state", plugin.state)
                writer.member("pending", plugin.seats.reduce(0) { $0 + $1.pending })
                writer.member("restarts", plugin.seats.reduce(0) { $0 + $1.restarts })
                writer.endObject()
            }
            writer.endArray()
        }
    }

    /// For Prometheus; a tenant has series of its own when it was asked something in so many minutes.
    func prometheus(activeMinutes: Int64) -> PrometheusText {
        var text = PrometheusText()
        text.add(
            "patron_build_info", .gauge, "The version of the server.",
            [.init(Int64(1), ("version", ServerVerbs.version))])
        text.add("patron_open_tenants", .gauge, "Tenants whose files are open.", [.init(Int64(openTenants))])
        text.add(
            "patron_warm_tenants", .gauge, "Tenants that have a connection at present.",
            [.init(Int64(warmTenants))])
        text.add(
            "patron_known_tenants", .gauge, "Tenants that were asked for since the start.",
            [.init(Int64(tenants.count))])
        text.add(
            "patron_tenants_with_mail", .gauge, "Tenants of which mail may wait.", [.init(Int64(tenantsWithMail))])
        text.add(
            "patron_tenants_to_migrate", .gauge, "Tenants whose files are not yet brought up to date.",
            [.init(Int64(migrations.left))])
        text.add(
            "patron_kept_change_bytes", .gauge, "Bytes that the journal keeps of a tenant that is stopped or gone.",
            kept.map { .init(Int64($0.bytes), ("tenant", $0.tenant)) })
        addServer(to: &text)
        text.add(measurements, labels: [])
        text.add(
            "patron_pool_threads", .gauge, "Threads of a pool.",
            pools.map { .init(Int64($0.threads), ("pool", $0.name)) })
        text.add(
            "patron_pool_resting_threads", .gauge, "Threads of a pool without a job.",
            pools.map { .init(Int64($0.resting), ("pool", $0.name)) })
        text.add(
            "patron_pool_waiting_jobs", .gauge, "Jobs of a pool without a thread.",
            pools.map { .init(Int64($0.waiting), ("pool", $0.name)) })
        addPlugins(to: &text)
        addTenants(activeMinutes: activeMinutes, to: &text)
        return text
    }

    private func addServer(to text: inout PrometheusText) {
        let metrics: [String: (name: String, kind: PrometheusText.Kind, help: String)] = [
            "connections": ("patron_connections", .gauge, "Connections that are open."),
            "accepted": ("patron_connections_accepted_total", .counter, "Connections that were served."),
            "refused": ("patron_connections_refused_total", .counter, "Connections that were turned away."),
            "lines": ("patron_lines_total", .counter, "Lines that clients sent."),
            "bytes_in": ("patron_received_bytes_total", .counter, "Bytes read from clients."),
            "bytes_out": ("patron_sent_bytes_total", .counter, "Bytes sent to clients."),
        ]
        for member in server {
            guard let metric = metrics[member.name], let value = member.value.integerValue else { continue }
            text.add(metric.name, metric.kind, metric.help, [.init(value)])
        }
    }

    private func addPlugins(to text: inout PrometheusText) {
        text.add(
            "patron_plugin_state", .gauge, "1 for the state a plugin is in.",
            plugins.map { .init(Int64(1), ("plugin", $0.id), ("state", $0.state)) })
        text.add(
            "patron_plugin_pending_requests", .gauge, "Requests that a plugin has not answered.",
            plugins.map { plugin in .init(Int64(plugin.seats.reduce(0) { $0 + $1.pending }), ("plugin", plugin.id)) })
        text.add(
            "patron_plugin_failures", .gauge, "How often the processes that a plugin has now failed.",
            plugins.map { plugin in .init(Int64(plugin.seats.reduce(0) { $0 + $1.restarts }), ("plugin", plugin.id)) })
    }

    private func addTenants(activeMinutes: Int64, to text: inout PrometheusText) {
        let since = uptime - activeMinutes * 60_000_000_000
        let active = tenants.map { (name: $0.name.description, tenant: $0, measurements: $0.measurements) }
            .filter { $0.measurements.lastRequestAt.map { $0 > since } ?? false }.sorted { $0.name < $1.name }
        text.add(
            "patron_tenant_requests_total", .counter, "Requests of a tenant by how they ended.",
            active.flatMap { tenant in
                tenant.measurements.outcomes.map { .init($0.count, ("tenant", tenant.name), ("outcome", $0.name)) }
            })
        text.add(
            "patron_tenant_request_seconds_total", .counter, "Seconds that the requests of a tenant took together.",
            active.map { .init(Double($0.measurements.requestTimes.sum) / 1e9, ("tenant", $0.name)) })
        text.add(
            "patron_tenant_commits_total", .counter, "Commits of a tenant.",
            active.map { .init($0.measurements.commitSizes.count, ("tenant", $0.name)) })
        text.add(
            "patron_tenant_waiting_changes", .gauge, "Changes of a tenant that wait for a commit.",
            active.map { .init(Int64($0.tenant.load.changes), ("tenant", $0.name)) })
        text.add(
            "patron_tenant_bytes", .gauge, "Bytes of a tenant's file and its log when last looked at.",
            active.map { .init($0.tenant.bytes, ("tenant", $0.name)) })
    }
}
