internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum ConsentVerbs {
    static let all = [subscribe, unsubscribe, confirm, show, proof, suppressed, wording, wordings]

    private static let purpose = Parameter.optional(
        "purpose", .text, "newsletter, sms, phone or post; newsletter where absent")

    private static let proofs: [Parameter] = [
        .optional("wording", .text, "the version of the text that was agreed to"),
        .optional("channel", .text, "where it was said"),
        .optional("source_ip", .text, "the network address it came from", maximum: 64),
        .optional("note", .text, "what else proves it, such as who heard it"),
    ]

    private static let subscribe = Verb(
        "consent.subscribe",
        "records that a customer agrees, with evidence; staff undo an objection only with wording=, "
            + "and with consent.double_opt_in the newsletter waits for the customer's confirmation",
        roles: [.staff, .channel],
        [.required("customer", .integer, "who says so"), purpose] + proofs,
        .write { invocation in
            let customer = invocation.arguments.customer()
            let (statement, channel) = try invocation.consentStatement(isGranted: true)
            return { transaction in
                try invocation.record(statement, by: customer, channel: channel, transaction)
                return try invocation.consent(of: customer, transaction.reading)
            }
        })

    private static let unsubscribe = Verb(
        "consent.unsubscribe",
        "records that a customer objects, with evidence; or takes the token of an unsubscribe link, "
            + "which needs no other proof and says nothing of whose it is",
        roles: [.staff, .channel, .portal],
        [
            .optional("customer", .integer, "who says so"), purpose,
            .optional("token", .text, "the token of the link, instead of a customer"),
        ] + proofs,
        .write { invocation in
            let arguments = invocation.arguments
            if let secret = try arguments.secretOfLink() {
                return { transaction in
                    let purpose = try ConsentWriter(transaction, invocation.asCustomer).unsubscribe(secret)
                    return Reply(outcome: .ok(.consentEnded(purpose, at: invocation.at)))
                }
            }
            guard invocation.caller.role != .portal else { throw CommandError.missingArgument("token") }
            guard arguments.has("customer") else { throw CommandError.missingArgument("customer") }
            let customer = arguments.customer()
            let (statement, channel) = try invocation.consentStatement(isGranted: false)
            return { transaction in
                try invocation.record(statement, by: customer, channel: channel, transaction)
                return try invocation.consent(of: customer, transaction.reading)
            }
        })

    private static let confirm = Verb(
        "consent.confirm",
        "confirms a pending subscription: with the token from the mail, or by staff who have it in writing",
        roles: [.staff, .portal],
        [
            .optional("token", .text, "the token of the mail's link; good once, and for a week"),
            .optional("customer", .integer, "who confirmed, instead of a token; for staff"), purpose,
            .optional("note", .text, "what proves it, where there is no token"),
        ],
        .write { invocation in
            let arguments = invocation.arguments
            if let secret = try arguments.secretOfLink() {
                return { transaction in
                    let confirmed = try ConsentWriter(transaction, invocation.asCustomer).confirm(secret)
                    return try invocation.consent(of: confirmed.customer, transaction.reading)
                }
            }
            guard invocation.caller.isStaff, arguments.has("customer") else {
                throw CommandError.missingArgument("token")
            }
            let customer = arguments.customer()
            let statement = ConsentStatement(
                purpose: try arguments.word("purpose", ConsentPurpose.self) ?? .newsletter, isGranted: true,
                wording: nil, note: arguments.text("note"))
            return { transaction in
                try CustomerReader(transaction.reading).requireKept(customer)
                try ConsentWriter(transaction, invocation.occasion).confirm(statement, by: customer)
                return try invocation.consent(of: customer, transaction.reading)
            }
        })

    private static let show = Verb(
        "consent.show", "shows what a customer agreed to, and the evidence", roles: [.staff, .reader, .channel],
        [.required("customer", .integer, "the customer")],
        .read { invocation in
            let customer = invocation.arguments.customer()
            return { try invocation.consent(of: customer, $0) }
        })

    private static let proof = Verb(
        "consent.proof", "proves to anybody what a customer agreed to, when and how, with the texts", roles: [.staff],
        [
            .required("customer", .integer, "the customer"),
            .optional("format", .text, "json, or html: a page to print, as rows of text; json where absent"),
        ],
        .read { invocation in
            let customer = invocation.arguments.customer()
            let format = invocation.arguments.text("format") ?? "json"
            guard format == "json" || format == "html" else {
                throw CommandError.badValue("format", "json or html is needed")
            }
            return { transaction in
                let proof = try ConsentProof(of: customer, transaction, invocation.shop, at: invocation.at)
                guard format == "html" else { return Reply(outcome: .ok(proof.json)) }
                let rows = proof.html.map { line in JSONWriter.object { $0.member("text", line) } }
                return Reply(rows: rows, outcome: .list(next: nil, extra: []))
            }
        })
}

extension TenantInvocation {
    /// The occasion of somebody who shows a token from a mail: the person acts, whoever passes it on.
    fileprivate var asCustomer: Occasion { Occasion(shop: shop, at: at, actor: .customer) }

    /// What the arguments say was said, and on which channel.
    fileprivate func consentStatement(isGranted: Bool) throws -> (ConsentStatement, channel: String?) {
        let statement = ConsentStatement(
            purpose: try arguments.word("purpose", ConsentPurpose.self) ?? .newsletter, isGranted: isGranted,
            wording: arguments.text("wording"), sourceIP: arguments.text("source_ip"), note: arguments.text("note"))
        let channel = arguments.text("channel") ?? caller.channel
        if let channel {
            try caller.mayUse(channel: channel)
            _ = try profile.channel(channel)
        }
        return (statement, channel)
    }

    fileprivate func record(
        _ statement: ConsentStatement, by customer: CustomerID, channel: String?, _ transaction: WriteTransaction
    ) throws {
        try CustomerReader(transaction.reading).requireKept(customer)
        try ConsentWriter(transaction, occasion).record(statement, by: customer, channel: channel)
    }

    /// What every verb of consent answers.
    fileprivate func consent(of customer: CustomerID, _ transaction: ReadTransaction) throws -> Reply {
        _ = try CustomerReader(transaction).status(of: customer)
        let reader = ConsentReader(transaction)
        return Reply(
            outcome: .ok(
                .consent(
                    try reader.states(of: customer), try reader.evidence(of: customer).filter(caller.maySee),
                    of: customer)))
    }
}

extension Caller {
    /// A channel sees what was said on it, and no more.
    fileprivate func maySee(_ evidence: ConsentEvidence) -> Bool {
        channel == nil || evidence.channel == channel
    }
}

extension Arguments {
    /// The secret of a mail's link, which stands for a customer; nil when a customer is to be named instead.
    fileprivate func secretOfLink() throws -> TokenSecret? {
        guard let token = text("token") else { return nil }
        guard !has("customer") else { throw CommandError.badValue("token", "it stands for a customer") }
        guard let secret = TokenSecret(parsing: token) else { throw TicketError.unknown }
        return secret
    }
}
