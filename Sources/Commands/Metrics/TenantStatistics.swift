internal import Hosting
internal import Registry
internal import StrictJSON

/// What a tenant was asked since the daemon knows it, and what waits, at one moment.
struct TenantStatistics {
    /// What only the open file tells.
    private struct Contents: Sendable {
        let rows: RowCounts
        let mails: Int64
        let parked: Int64
    }

    private let name: String
    private let isOpen: Bool
    private let bytes: Int64
    private let measurements: Measurements
    private let load: TenantLoad
    /// Nil while the file is closed.
    private let contents: Contents?
    private let plugins: [(id: String, lag: Int64, failures: Int)]

    /// Looks into the file if it is open; does not open it.
    ///
    /// - Throws: What the file says.
    init(_ tenant: Tenant, _ host: Host) throws {
        name = tenant.name.description
        isOpen = tenant.isOpen
        bytes = tenant.bytes
        measurements = tenant.measurements
        load = tenant.load
        contents = try tenant.readIfOpen { transaction in
            Contents(
                rows: try RowCounts(transaction), mails: try OutboxReader(transaction).waitingCount(),
                parked: try ParkedInputReader(transaction).waitingCount())
        }
        plugins = tenant.profile.pluginsInUse.map { id in
            let backlog = host.pluginBacklogs(id).first { $0.tenant == tenant.name }
            return (id, backlog.map { Int64($0.lag) } ?? 0, backlog.map { Int($0.failures) } ?? 0)
        }
    }

    var json: JSONFragment {
        JSONWriter.object { writer in
            writer.member("tenant", name)
            writer.member("open", isOpen)
            writer.member("bytes", bytes)
            writer.member("customers", contents?.rows.customers)
            writer.member("orders", contents?.rows.orders)
            writer.member("mails_waiting", contents?.mails)
            writer.member("parked", contents?.parked)
            writer.members(of: measurements)
            writer.name("waiting")
            writer.beginObject()
            writer.member("changes", load.changes)
            writer.member("reads", load.reads)
            writer.member("jobs", load.waitingJobs)
            writer.endObject()
            writer.member("jobs", load.jobs)
            writer.name("plugins")
            writer.beginArray()
            for plugin in plugins {
                writer.beginObject()
                writer.member("plugin", plugin.id)
                writer.member("lag", plugin.lag)
                writer.member("failures", plugin.failures)
                writer.endObject()
            }
            writer.endArray()
        }
    }

    var prometheus: PrometheusText {
        var text = PrometheusText()
        let tenant = ("tenant", name)
        func gauge(_ name: String, _ help: String, _ value: Int64?) {
            if let value { text.add("patron_tenant_\(name)", .gauge, help, [.init(value, tenant)]) }
        }
        text.add(measurements, labels: [tenant])
        gauge("bytes", "Bytes of a tenant's file and its log when last looked at.", bytes)
        gauge("customers", "Customers of a tenant, erased ones and tests included.", contents?.rows.customers)
        gauge("orders", "Orders of a tenant, tests included.", contents?.rows.orders)
        gauge("waiting_mails", "Mails of a tenant that have not gone out.", contents?.mails)
        gauge("parked_inputs", "Inputs of a tenant that wait for a plugin.", contents?.parked)
        gauge("waiting_changes", "Changes of a tenant that wait for a commit.", Int64(load.changes))
        gauge("waiting_reads", "Looks of a tenant that wait for a thread.", Int64(load.reads))
        gauge("jobs", "Jobs of a tenant at work.", Int64(load.jobs))
        gauge("waiting_jobs", "Jobs of a tenant that wait for another to end.", Int64(load.waitingJobs))
        text.add(
            "patron_tenant_plugin_lag", .gauge, "Events of a tenant that a plugin has not been told.",
            plugins.map { .init($0.lag, tenant, ("plugin", $0.id)) })
        return text
    }
}
