public import Storage
internal import StrictJSON

/// Denies contacts of people, whether they are customers or not yet.
public struct DenialWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Denies a contact: orders by people who give it are refused, and who enters the registry with it is denied.
    ///
    /// - Returns: The customers who have it already; they are denied as well.
    @discardableResult
    public func deny(_ contact: Contact, _ reasons: DenialReasons) throws -> [CustomerID] {
        try transaction.execute(
            """
            INSERT INTO denied_contact (kind, key, reason, public_reason, actor, denied_at) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, key) DO UPDATE SET reason = excluded.reason, public_reason = excluded.public_reason,
                actor = excluded.actor, denied_at = excluded.denied_at
            """,
            .text(contact.kind), .text(contact.key), .text(orNull: reasons.inner),
            .text(orNull: reasons.outer), .text(occasion.actor.description), .integer(occasion.at.seconds))
        try tell(contact, isDenied: true)
        try announce(.contactDenied, contact)
        let customers = try customers(with: contact)
        for customer in customers { try CustomerWriter(transaction, occasion).deny(customer, reasons) }
        return customers
    }

    /// Lifts the denial of a contact, and of the customers who have it.
    ///
    /// - Returns: The customers who have it.
    @discardableResult
    public func allow(_ contact: Contact) throws -> [CustomerID] {
        try lift(contact)
        let customers = try customers(with: contact)
        for customer in customers { try CustomerWriter(transaction, occasion).allow(customer) }
        return customers
    }

    /// Lifts the denial of a contact only; nothing happens where there is none.
    func lift(_ contact: Contact) throws {
        let lifted = try transaction.change(
            "DELETE FROM denied_contact WHERE kind = ? AND key = ?", .text(contact.kind), .text(contact.key))
        var erased = 0
        if let key = try TenantSecret.key(.suppression, transaction.reading) {
            erased = try transaction.change(
                "DELETE FROM denied_hash WHERE hash = ?", .blob(HMAC(key: key).hash(contact.bytes)))
        }
        guard lifted + erased > 0 else { return }
        try tell(contact, isDenied: false)
        try announce(.contactAllowed, contact)
    }

    /// Forgets the contacts of somebody who is erased; of one who is denied keyed hashes stay, so that nobody gets rid of
    /// a denial by asking to be erased.
    func forget(_ customer: Customer) throws {
        let isDenied = customer.status == .denied
        for contact in customer.fields.contacts {
            let known = try transaction.change(
                "DELETE FROM denied_contact WHERE kind = ? AND key = ?", .text(contact.kind), .text(contact.key))
            guard isDenied || known > 0 else { continue }
            let hmac = HMAC(key: try TenantSecret.madeKey(.suppression, transaction))
            try transaction.execute(
                "INSERT INTO denied_hash (hash, denied_at) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .blob(hmac.hash(contact.bytes)), .integer(occasion.at.seconds))
            try tell(contact, isDenied: true)
        }
    }

    /// Tells the ledger of what a restore must not undo.
    private func tell(_ contact: Contact, isDenied: Bool) throws {
        let hmac = HMAC(key: try TenantSecret.madeKey(.suppression, transaction))
        try LedgerNews(transaction).enter(contact: hmac.hash(contact.bytes), isDenied: isDenied)
    }

    private func customers(with contact: Contact) throws -> [CustomerID] {
        let reader = CustomerReader(transaction.reading)
        let found =
            switch contact {
            case .email(let key): try reader.customers(email: EmailAddress(storedSpelling: key, key: key))
            case .phone(let number): try reader.customers(phoneKey: number)
            }
        return try found.filter { try reader.status(of: $0) != .erased }
    }

    /// Which contact it is stays out of the timeline: entries are also read by others than staff.
    private func announce(_ topic: Topic, _ contact: Contact) throws {
        try TimelineWriter(transaction: transaction, occasion: occasion).append(topic) {
            $0.member("kind", contact.kind)
        }
    }
}
