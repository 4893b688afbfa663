internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import Wire

enum OutboxVerbs {
    static let all = [
        outbox,
        change(
            "message.retry", "sends a mail again that failed, came back or is uncertain; it may then arrive twice"
        ) { try $0.retry($1) },
        change("message.cancel", "withdraws a mail that has not gone out") { try $0.cancel($1) },
    ]

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
                let waits = try waits(transaction, invocation)
                return .page(
                    mails, limit: limit, row: { .mail($0, waits[$0.purpose]) },
                    next: { Cursor.text($0.id.rawValue) })
            }
        })

    private static func change(
        _ name: String, _ summary: String, _ change: @escaping @Sendable (OutboxWriter, MailID) throws -> Mail
    ) -> Verb {
        Verb(
            name, summary, roles: [.staff], [.required("id", .integer, "the mail")],
            .write { invocation in
                let id = MailID(rawValue: invocation.arguments.integer("id") ?? 0)
                return { transaction in
                    let mail = try change(OutboxWriter(transaction, invocation.occasion), id)
                    let waits = try waits(transaction.reading, invocation)
                    return Reply(outcome: .ok(.mail(mail, waits[mail.purpose])))
                }
            })
    }

    /// What keeps mails from leaving now; the operator's limits are the shop's, since the shop's mails leave.
    private static func waits(
        _ transaction: ReadTransaction, _ invocation: TenantInvocation
    ) throws -> [MailPurpose: MailAllowance.Wait] {
        var occasion = invocation.occasion
        occasion.shop = invocation.profile.shop
        let allowance = MailAllowance(transaction, occasion)
        var waits: [MailPurpose: MailAllowance.Wait] = [:]
        for purpose in MailPurpose.allCases { waits[purpose] = try allowance.wait(for: purpose) }
        return waits
    }
}
