internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// `stats`: what the host does, or one tenant.
enum StatsVerb {
    static let verb = Verb(
        "stats",
        "tells what the server has done since its start and what waits now, or the same of one tenant; format=prometheus "
            + "gives it as lines for Prometheus",
        roles: [.staff],
        [
            .optional("tenant", .text, "the tenant; the whole host where absent, which is for the operator"),
            .optional("format", .text, "json or prometheus; json where absent"),
            .optional(
                "active_minutes", .integer,
                "Prometheus gets a tenant's own figures when it was asked something in so many minutes; 15 where absent"
            ),
        ],
        .host { invocation in
            let arguments = invocation.arguments
            let format = try arguments.word("format", Format.self) ?? .json
            let minutes = arguments.integer("active_minutes") ?? 15
            guard (0...525_600).contains(minutes) else {
                throw CommandError.badValue("active_minutes", "0 to 525600 minutes")
            }
            guard let name = arguments.text("tenant") else {
                guard invocation.caller.role == .operator else { throw CommandError.forbidden }
                let statistics = try HostStatistics(invocation.services)
                switch format {
                case .json: return Reply(outcome: .ok(statistics.json))
                case .prometheus: return lines(of: statistics.prometheus(activeMinutes: minutes))
                }
            }
            guard invocation.caller.role == .operator || invocation.caller.tenant?.description == name else {
                throw CommandError.forbidden
            }
            guard let tenant = TenantName(name) else { throw HostError.noTenant }
            let statistics = try TenantStatistics(try invocation.services.host.tenant(tenant), invocation.services.host)
            switch format {
            case .json: return Reply(outcome: .ok(statistics.json))
            case .prometheus: return lines(of: statistics.prometheus)
            }
        })

    private enum Format: String, CaseIterable {
        case json
        case prometheus
    }

    private static func lines(of text: PrometheusText) -> Reply {
        let rows = text.lines.map { line in JSONWriter.object { $0.member("text", line + "\n") } }
        return Reply(rows: rows, outcome: .list(next: nil, extra: []))
    }
}
