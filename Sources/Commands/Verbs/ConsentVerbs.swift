internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum ConsentVerbs {
    static let all = [
        statement("consent.subscribe", "records that a customer agrees, with evidence", isGranted: true),
        statement("consent.unsubscribe", "records that a customer objects, with evidence", isGranted: false),
        show,
    ]

    private static func statement(_ name: String, _ summary: String, isGranted: Bool) -> Verb {
        Verb(
            name, summary, roles: [.staff, .channel],
            [
                .required("customer", .integer, "who says so"),
                .optional("purpose", .text, "newsletter, sms, phone or post; newsletter where absent"),
                .optional("wording", .text, "the version of the text that was agreed to"),
                .optional("channel", .text, "where it was said"),
            ],
            .write { invocation in
                let arguments = invocation.arguments
                let customer = arguments.customer()
                let statement = ConsentStatement(
                    purpose: try arguments.word("purpose", ConsentPurpose.self) ?? .newsletter, isGranted: isGranted,
                    wording: arguments.text("wording"))
                let channel = arguments.text("channel") ?? invocation.caller.channel
                if let channel {
                    try invocation.caller.mayUse(channel: channel)
                    _ = try invocation.profile.channel(channel)
                }
                return { transaction in
                    _ = try CustomerReader(transaction.reading).status(of: customer)
                    try ConsentWriter(transaction, invocation.occasion).record(
                        statement, by: customer, channel: channel)
                    let reader = ConsentReader(transaction.reading)
                    return Reply(
                        outcome: .ok(
                            .consent(
                                try reader.states(of: customer),
                                try reader.evidence(of: customer).filter(invocation.caller.maySee), of: customer)))
                }
            })
    }

    private static let show = Verb(
        "consent.show", "shows what a customer agreed to, and the evidence", roles: [.staff, .reader, .channel],
        [.required("customer", .integer, "the customer")],
        .read { invocation in
            let customer = invocation.arguments.customer()
            return { transaction in
                _ = try CustomerReader(transaction).status(of: customer)
                let reader = ConsentReader(transaction)
                return Reply(
                    outcome: .ok(
                        .consent(
                            try reader.states(of: customer),
                            try reader.evidence(of: customer).filter(invocation.caller.maySee), of: customer)))
            }
        })
}

extension Caller {
    /// A channel sees what was said on it, and no more.
    fileprivate func maySee(_ evidence: ConsentEvidence) -> Bool {
        channel == nil || evidence.channel == channel
    }
}
