internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum InboxVerbs {
    static let all = [list, read]

    private static let list = Verb(
        "inbox.list", "lists the comments that mention a member of staff, newest first", roles: [.staff],
        [
            .optional("staff", .text, "whose; the caller's own where absent", maximum: 64),
            .optional("unread", .flag, "only what has not been read"), .limit, .after,
        ],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            let isUnreadOnly = invocation.arguments.flag("unread") ?? false
            guard let name = invocation.arguments.text("staff") ?? invocation.caller.actor.staffName else {
                throw CommandError.missingArgument("staff")
            }
            return { transaction in
                let member = try StaffReader(transaction).member(named: name)
                let entries = try InboxReader(transaction).entries(
                    of: member.id, before: before, isUnreadOnly: isUnreadOnly, limit: limit)
                let comments = CommentReader(transaction, products: invocation.products(transaction))
                let rows = try entries.map { ($0, try comments.comment($0.comment)) }
                return .page(
                    rows, limit: limit, row: { .inboxEntry($0.0, $0.1, of: member) },
                    next: { Cursor.text($0.0.id) })
            }
        })

    private static let read = Verb(
        "inbox.read", "marks an entry of the own inbox as read", roles: [.staff],
        [.required("id", .integer, "the entry")],
        .write { invocation in
            let id = invocation.arguments.integer("id") ?? 0
            return { transaction in
                let entry = try InboxWriter(transaction, invocation.occasion).read(id)
                let member = try StaffReader(transaction.reading).member(entry.staff)
                let comment = try CommentReader(
                    transaction.reading, products: invocation.products(transaction.reading)
                ).comment(entry.comment)
                return Reply(outcome: .ok(.inboxEntry(entry, comment, of: member)))
            }
        })
}
