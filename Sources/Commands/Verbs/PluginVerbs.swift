internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

enum PluginVerbs {
    static let all = [list, show, reset, reload, test]

    private static let plugin: [Parameter] = [.required("plugin", .text, "the plugin")]

    private static let list = Verb(
        "plugin.list", "lists the plugins that run in processes of their own, and how they are", roles: [],
        .host { invocation in
            let rows = try invocation.house?.statuses().map { shape(of: $0) } ?? []
            return Reply(rows: rows, outcome: .list(next: nil, extra: []))
        })

    private static let show = Verb(
        "plugin.show", "shows how a plugin is, with all its processes", roles: [], plugin,
        .host { invocation in
            let status = try invocation.knownHouse().status(of: invocation.arguments.required("plugin"))
            let backlogs = invocation.services.host.pluginBacklogs(status.id).map { backlog in
                JSON.object([
                    JSON.Member(name: "tenant", value: .string(backlog.tenant.description)),
                    JSON.Member(name: "lag", value: .number(String(backlog.lag))),
                    JSON.Member(name: "failures", value: .number(String(backlog.failures))),
                ])
            }
            return Reply(outcome: .ok(shape(of: status, isWhole: true).adding("backlogs", .array(backlogs))))
        })

    private static let reset = Verb(
        "plugin.reset", "lets a plugin that failed too often try again", roles: [], plugin,
        .configure { invocation in
            let house = try invocation.knownHouse()
            let id = invocation.arguments.required("plugin")
            if !invocation.isTrial { try house.reset(id) }
            return Reply(outcome: .ok(shape(of: try house.status(of: id), isWhole: true)))
        })

    private static let reload = Verb(
        "plugin.reload",
        "reads a plugin's manifest again and starts its program anew; requests in hand end in the old one", roles: [],
        plugin,
        .configure { invocation in
            let house = try invocation.knownHouse()
            let id = invocation.arguments.required("plugin")
            if !invocation.isTrial {
                try invocation.services.host.reloadPlugin(id)
                invocation.services.verbs.renew(invocation.services.host.channels)
            }
            return Reply(outcome: .ok(shape(of: try house.status(of: id), isWhole: true)))
        })

    private static let test = Verb(
        "plugin.test", "starts a plugin if need be and asks whether it answers", roles: [], plugin,
        .host { invocation in
            let house = try invocation.knownHouse()
            let id = invocation.arguments.required("plugin")
            let time = try house.test(id)
            return Reply(
                outcome: .ok(
                    shape(of: try house.status(of: id), isWhole: true).adding("answered_ms", time.inMilliseconds)))
        })

    private static func shape(of status: PluginStatus, isWhole: Bool = false) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("plugin", status.id)
            writer.member("title", status.title)
            writer.member("version", status.version)
            writer.member("state", status.state)
            let lead = status.seats.first
            writer.member("pid", status.seats.compactMap(\.pid).first.map { Int64($0) })
            writer.member("generation", status.seats.map(\.generation).max() ?? 0)
            writer.member("restarts", status.seats.map(\.restarts).reduce(0, +))
            writer.member("pending", status.seats.map(\.pending).reduce(0, +))
            writer.member("latency_ms", (lead?.latency ?? .zero).inMilliseconds)
            writer.member("strays", status.seats.map(\.strays).reduce(0, +))
            writer.member("last_error", status.fault ?? status.seats.compactMap(\.lastError).last)
            writer.member("last_words", status.seats.compactMap(\.lastWords).last)
            guard isWhole else { return }
            writer.member("folder", status.folder)
            writer.name("processes")
            writer.beginArray()
            for seat in status.seats {
                writer.beginObject()
                writer.member("state", seat.state)
                writer.member("pid", seat.pid.map { Int64($0) })
                writer.member("generation", seat.generation)
                writer.member("pending", seat.pending)
                writer.member("last_error", seat.lastError)
                writer.member("last_words", seat.lastWords)
                writer.endObject()
            }
            writer.endArray()
        }
    }
}

extension Invocation {
    fileprivate var house: PluginHouse? { services.host.channels.plugins }

    /// - Throws: ``PluginFailure/unknown(_:)`` where the host has no plugins at all.
    fileprivate func knownHouse() throws(PluginFailure) -> PluginHouse {
        guard let house else { throw .unknown(arguments.required("plugin")) }
        return house
    }
}

extension Duration {
    /// Such as 1.250, as a number.
    fileprivate var inMilliseconds: JSON {
        let thousandths = Int64(self / .microseconds(1))
        let rest = String(1_000 + thousandths % 1_000).dropFirst()
        return .number("\(thousandths / 1_000).\(rest)")
    }
}
