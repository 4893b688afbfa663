internal import Storage
internal import StrictJSON

extension ConsentWriter {
    /// A statement with all that the evidence keeps of it.
    struct Entry {
        let statement: ConsentStatement
        let origin: ConsentOrigin
        let channel: String?
        var order: OrderID?
        var saidAt: Instant?

        init(_ statement: ConsentStatement, _ origin: ConsentOrigin, channel: String?) {
            self.statement = statement
            self.origin = origin
            self.channel = channel
        }
    }

    /// Whom a statement is about.
    struct Subject {
        /// Contact and language; nothing else is filled in.
        let fields: CustomerFields
        let isTest: Bool
    }

    /// - Throws: ``CustomerError/notFound``.
    func subject(_ customer: CustomerID) throws -> Subject {
        let found = try transaction.reading.first(
            "SELECT email, email_key, phone_key, language, is_test FROM customer WHERE id = ?",
            .integer(customer.rawValue)
        ) { row in
            var fields = CustomerFields()
            if let spelling = row.textOrNil(0) {
                fields.email = EmailAddress(storedSpelling: spelling, key: row.text(1))
            }
            fields.phoneKey = row.textOrNil(2)
            fields.language = row.textOrNil(3)
            return Subject(fields: fields, isTest: row.flag(4))
        }
        guard let found else { throw CustomerError.notFound }
        return found
    }

    /// Sets the state, proves it and tells the timeline.
    func keep(_ entry: Entry, by customer: CustomerID, as status: ConsentStatus) throws {
        try write(status, entry.statement.purpose, of: customer)
        try prove(entry, by: customer, led: status.rawValue)
        try tell(status.topic, entry, of: customer)
    }

    func write(_ status: ConsentStatus, _ purpose: ConsentPurpose, of customer: CustomerID) throws {
        try transaction.execute(
            """
            INSERT INTO consent (customer_id, purpose, status, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, purpose) DO UPDATE SET status = excluded.status, changed_at = excluded.changed_at
            WHERE status <> excluded.status
            """,
            .integer(customer.rawValue), .text(purpose.rawValue), .text(status.rawValue), .integer(occasion.at.seconds))
    }

    func prove(_ entry: Entry, by customer: CustomerID, led outcome: String) throws {
        try transaction.execute(
            """
            INSERT INTO consent_evidence (customer_id, purpose, status, wording, channel, actor, at, order_id, origin,
                said_at, source_ip, note)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(customer.rawValue), .text(entry.statement.purpose.rawValue), .text(outcome),
            .text(orNull: entry.statement.wording), .text(orNull: entry.channel), .text(occasion.actor.description),
            .integer(occasion.at.seconds), .integer(orNull: entry.order?.rawValue), .text(entry.origin.rawValue),
            .integer(orNull: entry.saidAt?.seconds), .text(orNull: entry.statement.sourceIP),
            .text(orNull: entry.statement.note))
    }

    func tell(_ topic: Topic, _ entry: Entry, of customer: CustomerID) throws {
        try TimelineWriter(transaction: transaction, occasion: occasion).append(
            topic, customer: customer, order: entry.order
        ) {
            $0.member("purpose", entry.statement.purpose.rawValue)
            $0.member("wording", entry.statement.wording)
            $0.member("channel", entry.channel)
        }
    }
}

extension ConsentStatus {
    /// What the timeline calls the change to it.
    fileprivate var topic: Topic {
        switch self {
        case .pending: .consentPending
        case .subscribed: .consentSubscribed
        case .unsubscribed: .consentUnsubscribed
        case .bounced: .consentBounced
        case .erased: .customerErased
        }
    }
}
