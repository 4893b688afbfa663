internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

/// One text to many customers: counted first, then queued when the count still holds.
enum MailingVerbs {
    static let all = [bulk, cancel, list]

    /// Mails queued in one transaction.
    private static let chunk = 200
    /// Mails withdrawn in one transaction.
    private static let withdrawnAtOnce = 1_000

    private static let bulk = Verb(
        "message.bulk",
        "sends a newsletter to those of the filtered customers who agreed to get it, each once; "
            + "repeated with the same key, a mailing that was interrupted goes on",
        roles: [.staff],
        [
            .required("subject", .text, "one line"),
            .required("text", .text, "what to say; how to unsubscribe is put under it", maximum: 65_536),
            .optional("preview", .flag, "only counts whom it would reach, and sends nothing"),
            .optional("expect", .integer, "the recipients a preview counted; another count refuses the mailing"),
        ] + CustomerSelection.parameters,
        .job(isChanging: true) { invocation in
            let selection = try CustomerSelection(invocation)
            let isPreview = invocation.arguments.flag("preview") ?? false
            let expected = invocation.arguments.integer("expect")
            guard isPreview || expected != nil else { throw CommandError.missingArgument("expect") }
            return { job in try send(to: selection, job, expecting: isPreview ? nil : expected) }
        })

    private static let cancel = Verb(
        "message.cancel-bulk", "withdraws what has not gone out of a mailing", roles: [.staff],
        [.required("id", .integer, "the mailing")],
        .job(isChanging: true) { invocation in
            let id = MailingID(rawValue: invocation.arguments.integer("id") ?? 0)
            return { job in
                let occasion = job.occasion
                while try job.write({ try MailingWriter($0, occasion).cancel(id, limit: withdrawnAtOnce) }) > 0 {}
                return try job.read { try shown(id, $0) }
            }
        })

    private static let list = Verb(
        "message.bulks",
        "lists mailings, newest first: queuing, queued, sending, done or cancelled, "
            + "and how many of their mails are in each state",
        roles: [.staff, .reader], [.limit, .after],
        .read { invocation in
            let limit = try invocation.arguments.limit()
            let before = try Cursor.number(invocation.arguments, start: .max)
            return { transaction in
                let reader = MailingReader(transaction)
                let mailings = try reader.mailings(before: before, limit: limit)
                let counted = try mailings.map { ($0, try reader.counts(of: $0.id)) }
                return .page(
                    counted, limit: limit, row: { .mailing($0.0, $0.1) }, next: { Cursor.text($0.0.id.rawValue) })
            }
        })

    /// `expected` is nil to count only.
    private static func send(
        to selection: CustomerSelection, _ job: Job, expecting expected: Int64?
    ) throws -> Reply {
        let (arguments, occasion) = (job.invocation.arguments, job.occasion)
        let audience = try job.read { transaction in
            let query = try selection.query(transaction)
            let customers = try CustomerWalk(query, transaction, occasion.shop).all()
            return try MailingReader(transaction).audience(of: customers)
        }
        guard let expected else { return Reply(outcome: .ok(.audience(audience))) }
        let (subject, text) = (arguments.required("subject"), arguments.required("text"))
        let key = arguments.text("key").map { "\(job.caller.keySpace) \($0)" }
        let (mailing, _) = try job.write { transaction in
            let begun = try MailingWriter(transaction, occasion).begin(subject: subject, text: text, key: key)
            if begun.isNew, audience.recipients.count != expected {
                throw MessageError.countDiffers(count: audience.recipients.count)
            }
            return begun
        }
        let recipients = audience.recipients
        for start in stride(from: 0, to: recipients.count, by: chunk) {
            let part = Array(recipients[start..<min(start + chunk, recipients.count)])
            _ = try job.write { try MailingWriter($0, occasion).queue(mailing, to: part) }
            if recipients.count > chunk { try job.progress(done: start + part.count, total: recipients.count) }
        }
        _ = try job.write { try MailingWriter($0, occasion).finish(mailing.id) }
        return try job.read { try shown(mailing.id, $0) }
    }

    private static func shown(_ id: MailingID, _ transaction: ReadTransaction) throws -> Reply {
        let reader = MailingReader(transaction)
        return Reply(outcome: .ok(.mailing(try reader.mailing(id), try reader.counts(of: id))))
    }
}
