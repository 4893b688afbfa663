public import Storage

/// Reads mailings and whom they reach.
public struct MailingReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``MessageError/noMailing``.
    public func mailing(_ id: MailingID) throws -> Mailing {
        let found = try transaction.first(
            "SELECT id, subject, text, author, state, started_at FROM mailing WHERE id = ?", .integer(id.rawValue),
            element: Self.mailing)
        guard let found else { throw MessageError.noMailing }
        return found
    }

    /// Mailings with an id below `id`, newest first.
    public func mailings(before id: Int64, limit: Int) throws -> [Mailing] {
        try transaction.all(
            """
            SELECT id, subject, text, author, state, started_at FROM mailing WHERE id < ? ORDER BY id DESC LIMIT ?
            """, .integer(id), .integer(Int64(limit)), element: Self.mailing)
    }

    /// How many of a mailing's mails are in each state, by the state's name; looks at all that are still kept.
    public func counts(of id: MailingID) throws -> [(state: String, mails: Int64)] {
        try transaction.all(
            """
            SELECT state, sum(mails) FROM (
                SELECT state, count(*) AS mails FROM mail WHERE mailing_id = ?1 GROUP BY state
                UNION ALL SELECT state, mails FROM mailing_swept WHERE mailing_id = ?1
            ) GROUP BY state ORDER BY state
            """, .integer(id.rawValue)
        ) { (state: $0.text(0), mails: $0.integer(1)) }
    }

    /// Sorts customers by whether a mailing may reach them.
    public func audience(of customers: [CustomerID]) throws -> Audience {
        var audience = Audience()
        for customer in customers {
            let standing = try transaction.first(
                """
                SELECT customer.status, is_test, email_key IS NOT NULL, consent.status FROM customer
                LEFT JOIN consent ON consent.customer_id = customer.id AND consent.purpose = 'newsletter'
                WHERE customer.id = ?
                """, .integer(customer.rawValue)
            ) { row in
                (
                    status: CustomerStatus(rawValue: row.text(0)) ?? .denied, isTest: row.flag(1),
                    hasAddress: row.flag(2), consent: row.textOrNil(3).flatMap(ConsentStatus.init(rawValue:))
                )
            }
            guard let standing else { continue }
            if standing.isTest {
                audience.tests += 1
            } else if !standing.hasAddress {
                audience.withoutAddress += 1
            } else if standing.status == .denied || standing.status == .erased {
                audience.objected += 1
            } else {
                switch standing.consent {
                case .subscribed: audience.recipients.append(customer)
                case nil, .pending: audience.withoutConsent += 1
                case .unsubscribed, .bounced, .erased: audience.objected += 1
                }
            }
        }
        return audience
    }

    private static func mailing(_ row: Row) -> Mailing {
        Mailing(
            id: MailingID(rawValue: row.integer(0)), subject: row.text(1), text: row.text(2), author: row.text(3),
            state: Mailing.State(rawValue: row.text(4)) ?? .cancelled, startedAt: Instant(seconds: row.integer(5)))
    }
}
