internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// What waits for a plugin in a tenant.
enum ParkedVerbs {
    static let all = [
        list,
        change("plugin.retry", "lets a parked request that was refused be tried again") { try $0.retry($1) },
        change("plugin.discard", "gives up a parked request") { try $0.discard($1) },
    ]

    private static let list = Verb(
        "plugin.parked", "lists the requests that wait for a plugin, or were refused when it could be asked again",
        roles: [.staff],
        [
            .required("plugin", .text, "the plugin"),
            .optional("state", .text, "waiting, rejected, done or discarded; waiting where not said"), .limit, .after,
        ],
        .read { invocation in
            let plugin = invocation.arguments.required("plugin")
            let state = try invocation.arguments.word("state", ParkedInput.State.self) ?? .waiting
            let limit = try invocation.arguments.limit()
            let start = try Cursor.number(invocation.arguments, start: 0)
            return { transaction in
                let rows = try ParkedInputReader(transaction).inputs(of: plugin, in: state, after: start, limit: limit)
                var reply = Reply.page(
                    rows, row: shape, next: { Cursor.text($0.number) },
                    end: rows.count == limit ? rows.last.map { Cursor.text($0.number) } : nil)
                let counts = try ParkedInputReader(transaction).counts(of: plugin)
                if case .list(let next, _) = reply.outcome {
                    reply.outcome = .list(
                        next: next,
                        extra: [
                            JSON.Member(name: "waiting", value: .number(String(counts.waiting))),
                            JSON.Member(name: "rejected", value: .number(String(counts.rejected))),
                        ])
                }
                return reply
            }
        })

    private static func change(
        _ name: String, _ summary: String, _ change: @escaping @Sendable (ParkedInputWriter, Int64) throws -> Void
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("number", .integer, "the number it was parked under")],
            .write { invocation in
                let number = invocation.arguments.integer("number") ?? 0
                return { transaction in
                    try change(ParkedInputWriter(transaction, invocation.occasion), number)
                    return Reply(outcome: .ok(shape(try ParkedInputReader(transaction.reading).input(number))))
                }
            },
            whenDurable: { invocation in
                for plugin in invocation.profile.pluginsInUse {
                    invocation.services.host.ringPlugin(plugin, of: invocation.tenant.name)
                }
            })
    }

    private static func shape(_ input: ParkedInput) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("number", input.number)
            writer.member("plugin", input.channel)
            writer.member("verb", input.verb)
            writer.member("request", input.request)
            writer.member("actor", input.actor.description)
            writer.member("at", input.at.text)
            writer.member("state", input.state.rawValue)
            writer.member("reason", input.reason)
            writer.member("tries", input.tries)
        }
    }
}
