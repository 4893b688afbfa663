internal import Registry
internal import Storage
internal import Wire

enum OutboxVerbs {
    static let all = [outbox]

    private static let outbox = Verb(
        "message.outbox",
        "lists the shop's mails and how far they are, newest first; the secret links of a mail are gone once it is sent",
        roles: [.staff],
        [
            .optional(
                "state", .text, "queued, sending, sent, failed, bounced, held, uncertain or cancelled"),
            .optional("kind", .text, "what the mails are about, such as message"),
            .optional("customer", .integer, "only those to this customer"),
            .limit, .after,
        ],
        .read { invocation in
            let arguments = invocation.arguments
            var query = OutboxReader.Query()
            query.state = try arguments.word("state", MailState.self)
            query.kind = try arguments.word("kind", MailKind.self)
            query.customer = arguments.has("customer") ? arguments.customer() : nil
            let asked = query
            let limit = try arguments.limit()
            let before = try Cursor.number(arguments, start: .max)
            return { transaction in
                let mails = try OutboxReader(transaction).mails(asked, before: before, limit: limit)
                let cursor = { (mail: Mail) in Cursor.text(mail.id.rawValue) }
                return .page(
                    mails, row: { .mail($0) }, next: cursor, end: mails.count == limit ? mails.last.map(cursor) : nil)
            }
        })
}
