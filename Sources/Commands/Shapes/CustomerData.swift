internal import Registry
internal import Storage
internal import StrictJSON

/// What is kept about one person, in sections that are sent one after the other.
///
/// What staff wrote for themselves is not among it: notes, comments, and why somebody is denied.
struct CustomerData {
    /// Things of one kind, a page at a time.
    struct Section: Sendable {
        /// The word each row carries.
        let kind: String
        /// Rows behind a position, 0 for the first, and where the next page begins, nil at the end.
        let page: @Sendable (CustomerData, Int64) throws -> (rows: [JSONFragment], next: Int64?)
    }

    let customer: Customer
    private let invocation: TenantInvocation
    private let transaction: ReadTransaction
    /// So many rows are read at a time.
    private static let limit = 100

    init(_ customer: Customer, _ invocation: TenantInvocation, _ transaction: ReadTransaction) {
        self.customer = customer
        self.invocation = invocation
        self.transaction = transaction
    }

    /// Every section, in the order they are sent; rooms that keep more about people add theirs.
    static let sections = [
        whole("customer") { try $0.records() },
        whole("account") { try $0.account() },
        whole("external-id") { try $0.externalIDs() },
        whole("consent") { try $0.consent() },
        whole("link") { try $0.links() },
        Section(kind: "order") { try $0.orders(after: $1) },
        whole("participation") { try $0.participations() },
        Section(kind: "coupon") { try $0.coupons(isArchived: false, after: $1) },
        Section(kind: "coupon") { try $0.coupons(isArchived: true, after: $1) },
        Section(kind: "mail") { try $0.mails(after: $1) },
        Section(kind: "message") { try $0.messages(after: $1) },
        whole("channel-data") { try $0.channelData() },
        Section(kind: "parked") { try $0.parked(after: $1) },
        Section(kind: "event") { try $0.events(after: $1) },
    ]

    /// A section that is one page.
    private static func whole(
        _ kind: String, _ rows: @escaping @Sendable (CustomerData) throws -> [JSONFragment]
    ) -> Section {
        Section(kind: kind) { data, _ in (try rows(data), nil) }
    }

    /// The record, and those that were merged into it.
    private func records() throws -> [JSONFragment] {
        let reader = CustomerReader(transaction)
        let merged = try reader.mergedInto(customer.id).map { try reader.record($0) }
        return try ([customer] + merged).map { try invocation.shapeForThePerson(of: $0, transaction) }
    }

    /// The account without its secrets.
    private func account() throws -> [JSONFragment] {
        [.account(try AccountReader(transaction, invocation.occasion).account(of: customer.id))]
    }

    private func externalIDs() throws -> [JSONFragment] {
        try CustomerReader(transaction).externalIDs(of: customer.id).map { id in
            JSONWriter.object { writer in
                writer.member("channel", id.channel)
                writer.member("ext", id.ext)
            }
        }
    }

    private func consent() throws -> [JSONFragment] {
        let proof = try ConsentProof(of: customer.id, transaction, invocation.shop, at: invocation.at)
        return [proof.json]
    }

    private func links() throws -> [JSONFragment] {
        let reader = TicketReader(transaction, invocation.occasion)
        return try TicketKind.allCases.flatMap { kind in
            try reader.issues(of: kind, to: customer.id).map { issue in
                JSONWriter.object { writer in
                    writer.member("for", kind.rawValue)
                    writer.member("sent_at", issue.at.text)
                    writer.member("valid", issue.isGood)
                }
            }
        }
    }

    private func orders(after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        let reader = OrderReader(transaction)
        let ids = try reader.orders(of: customer.id, after: OrderID(rawValue: position), limit: Self.limit)
        let rows = try ids.map { id in
            try invocation.shapeForThePerson(of: reader.order(id), transaction)
        }
        return (rows, ids.count < Self.limit ? nil : ids.last?.rawValue)
    }

    /// Other people's orders that name the customer, such as those of tickets somebody else bought.
    private func participations() throws -> [JSONFragment] {
        let (participants, orders) = (ParticipantReader(transaction), OrderReader(transaction))
        return try CustomerReader(transaction).emails(of: customer.id).flatMap { email in
            var rows: [JSONFragment] = []
            var last: OrderID? = OrderID(rawValue: 0)
            while let after = last {
                let ids = try participants.orders(with: email, after: after, limit: Self.limit)
                for id in ids {
                    let order = try orders.order(id)
                    guard order.match.customer != customer.id else { continue }
                    if let row = try invocation.participation(of: email, in: order) { rows.append(row) }
                }
                last = ids.count < Self.limit ? nil : ids.last
            }
            return rows
        }
    }

    private func coupons(isArchived: Bool, after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        var filter = CouponFilter()
        filter.customer = customer.id
        filter.isArchived = isArchived
        let coupons = try CouponReader(transaction).coupons(
            filter, after: CouponCursor(key: "", id: position), limit: Self.limit, at: invocation.at)
        return (coupons.map { .coupon($0) }, coupons.count < Self.limit ? nil : coupons.last?.id.rawValue)
    }

    private func mails(after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        var query = OutboxReader.Query()
        query.customer = customer.id
        let before = position == 0 ? .max : position
        let mails = try OutboxReader(transaction).mails(query, before: before, limit: Self.limit)
        return (mails.map { .mailForThePerson($0) }, mails.count < Self.limit ? nil : mails.last?.id.rawValue)
    }

    private func messages(after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        let messages = try ThreadReader(transaction).messages(
            of: customer.id, before: position == 0 ? .max : position, limit: Self.limit)
        return (messages.map { .message($0) }, messages.count < Self.limit ? nil : messages.last?.id.rawValue)
    }

    /// What channels keep in tables of their own, of merged records as well.
    private func channelData() throws -> [JSONFragment] {
        var rows: [JSONFragment] = []
        for record in [customer.id] + (try CustomerReader(transaction).mergedInto(customer.id)) {
            try ChannelTableReader(transaction).rows(of: record) { channel, table, row in
                rows.append(
                    JSONWriter.object { writer in
                        writer.member("channel", channel)
                        writer.member("table", table)
                        writer.member("row", JSON.object(row))
                    })
            }
        }
        return rows
    }

    /// What waits for a channel in a process of its own, or was refused, and names the person.
    private func parked(after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        let reader = CustomerReader(transaction)
        let keys = try ([customer.id] + reader.mergedInto(customer.id)).map { record in
            PersonKeys(
                try reader.record(record), externalIDs: try reader.externalIDs(of: record),
                in: invocation.shop.country)
        }
        let inputs = try ParkedInputReader(transaction).open(after: position, limit: Self.limit)
        let rows = try inputs.compactMap { input -> JSONFragment? in
            let request = try JSON(parsing: input.request.bytes)
            guard keys.contains(where: { $0.areNamed(in: request, of: input.channel) }) else { return nil }
            return JSONWriter.object { writer in
                writer.member("channel", input.channel)
                writer.member("verb", input.verb)
                writer.member("at", input.at.text)
                writer.member("state", input.state.rawValue)
                writer.member("request", invocation.requestForThePerson(request, of: input.channel))
            }
        }
        return (rows, inputs.count < Self.limit ? nil : inputs.last?.number)
    }

    private func events(after position: Int64) throws -> (rows: [JSONFragment], next: Int64?) {
        let before = position == 0 ? .max : position
        let entries = try TimelineReader(transaction).entries(of: customer.id, before: before, limit: Self.limit)
        let shown = entries.filter { !$0.topic.hasPrefix("note.") && !$0.topic.hasPrefix("comment.") }
        return (shown.map { .entry($0) }, entries.count < Self.limit ? nil : entries.last?.seq)
    }
}

extension JSONFragment {
    /// A mail as its recipient may have it: a text that opens something only once that is blotted out.
    fileprivate static func mailForThePerson(_ mail: Mail) -> JSONFragment {
        let isPlain = mail.isMasked || mail.kind == MailKind.message.rawValue || mail.kind == MailKind.bulk.rawValue
        return JSONWriter.object { writer in
            writer.member("kind", mail.kind)
            writer.member("purpose", mail.purpose.rawValue)
            writer.member("state", mail.state.rawValue)
            writer.member("to", mail.recipient.spelling)
            writer.member("subject", mail.subject)
            writer.member("text", isPlain ? mail.text : nil)
            writer.member("queued_at", mail.queuedAt.text)
            writer.member("changed_at", mail.changedAt.text)
        }
    }
}
