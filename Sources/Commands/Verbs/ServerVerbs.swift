internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

enum ServerVerbs {
    private static let everybody: Set<Role> = [.staff, .channel, .portal, .reader, .none]

    static let all = [
        hello, help, schema, whoami,
        Verb(
            "use", "works in a tenant from now on, and as a member of its staff", roles: everybody,
            [
                .required("tenant", .text, "the tenant"),
                .optional("as", .text, "the member of staff whom the timeline shall name"),
            ], .session(.use)),
        Verb(
            "auth", "lets a program in by its token", roles: everybody, [.required("token", .text, "the token")],
            .session(.auth)),
        Verb(
            "check", "parses, authorises and validates a request without any effect", roles: everybody,
            [.required("verb", .text, "the verb; its arguments follow")], others: "the verb's own arguments",
            .session(.check)),
        Verb(
            "batch", "begins a batch: what follows is applied as one, or not at all", roles: everybody,
            [.optional("requests", .list, "JSON only: [{method, params}], applied at once")], .session(.batch)),
        Verb("commit", "applies the batch", roles: everybody, .session(.commit)),
        Verb("cancel", "drops the batch", roles: everybody, .session(.cancel)),
        StatsVerb.verb, drain,
    ]

    /// This program's version.
    static let version = "0.1.0"

    private static let hello = Verb(
        "hello", "tells what answers here", roles: everybody,
        .server { invocation in
            Reply(
                outcome: .ok(
                    JSONWriter.object { writer in
                        writer.member("server", "patron")
                        writer.member("version", version)
                        writer.member("protocol", 1)
                        writer.member("time", invocation.services.host.now().text)
                    }))
        })

    private static let help = Verb(
        "help", "lists the verbs, or tells how one is used, or what the details of a channel's orders hold",
        roles: everybody, [.optional("verb", .text, "the verb, or a channel")],
        .server { invocation in
            let table = invocation.services.table
            guard let name = invocation.arguments.text("verb") else {
                let width = table.verbs.map(\.name.count).max() ?? 0
                let rows = table.verbs.map { verb in
                    textRow(verb.name + String(repeating: " ", count: width + 2 - verb.name.count) + verb.summary)
                }
                return Reply(rows: rows, outcome: .list(next: nil, extra: []))
            }
            let channels = invocation.services.host.channels.sources.map(\.descriptor)
            let channel = table.verbs.contains { $0.name == name } ? nil : channels.first { $0.id == name }
            let lines = try channel?.helpLines ?? table.verb(name).helpLines
            return Reply(rows: lines.map(textRow), outcome: .list(next: nil, extra: []))
        })

    private static let schema = Verb(
        "schema", "describes the verbs, or one, for programs", roles: everybody,
        [.optional("verb", .text, "the verb")],
        .server { invocation in
            let table = invocation.services.table
            guard let name = invocation.arguments.text("verb") else {
                return Reply(rows: table.verbs.map { .schema(of: $0) }, outcome: .list(next: nil, extra: []))
            }
            return Reply(outcome: .ok(.schema(of: try table.verb(name))))
        })

    private static let whoami = Verb(
        "whoami", "tells who you are here", roles: everybody,
        .server { invocation in
            Reply(
                outcome: .ok(
                    JSONWriter.object { writer in
                        writer.member("role", invocation.caller.role.rawValue)
                        writer.member("tenant", invocation.caller.tenant?.description)
                        writer.member("actor", invocation.caller.actor.description)
                        writer.member("channel", invocation.caller.channel)
                    }))
        })

    private static let drain = Verb(
        "drain", "answers what is in hand and ends the server", roles: [],
        .server { invocation in
            invocation.services.drain()
            return Reply(outcome: .ok(JSONWriter.object { $0.member("draining", true) }))
        })

    private static func textRow(_ text: String) -> JSONFragment {
        JSONWriter.object { $0.member("text", text) }
    }
}
