internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON
internal import Wire

enum AuditVerbs {
    static let all = [list]

    private static let list = Verb(
        "audit.list",
        "lists who looked into the shop from outside and who changed who may do what, newest first: what the operator "
            + "does is counted by verb and quarter of an hour, with the ids it was about; settings, tokens, staff, "
            + "channels, exports, erasures and sheets for authorities have an entry each, whoever it was",
        roles: [.staff],
        [
            .optional("role", .text, "only what callers of this role did, such as operator"),
            .limit, .after,
        ],
        .prepared(isChanging: false) { invocation, proceed in
            let role = try invocation.arguments.word("role", Role.self)?.rawValue
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            let read: Verb.Read = { transaction in
                let entries = try AuditReader(transaction).entries(role: role, before: before, limit: limit)
                return .page(entries, limit: limit, row: { .entry($0) }, next: { Cursor.text($0.id) })
            }
            invocation.tenant.writeLooks(at: invocation.at) { error in
                proceed(error.map { .failure($0) } ?? .success(.read(read)))
            }
        })
}

extension JSONFragment {
    fileprivate static func entry(_ entry: AuditEntry) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", entry.id)
            writer.member("at", entry.at.text)
            writer.member("last_at", entry.lastAt.text)
            writer.member("role", entry.role)
            writer.member("actor", entry.actor)
            writer.member("verb", entry.verb)
            writer.member("about", entry.about)
            writer.member("count", entry.count)
        }
    }
}
