public import Storage

/// Reads who may not order.
public struct DenialReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// Why people with these contacts are denied; nil when none of the contacts is.
    func reasons(against fields: CustomerFields) throws -> DenialReasons? {
        for contact in fields.contacts {
            if let reasons = try denial(of: contact)?.reasons { return reasons }
        }
        return try isErased(fields.contacts) ? DenialReasons(inner: nil, outer: nil) : nil
    }

    /// Whether one of these contacts was somebody's who was denied and then erased.
    private func isErased(_ contacts: [Contact]) throws -> Bool {
        guard !contacts.isEmpty, try transaction.exists("SELECT 1 FROM denied_hash LIMIT 1"),
            let key = try TenantSecret.key(.suppression, transaction)
        else { return false }
        let hmac = HMAC(key: key)
        return try contacts.contains {
            try transaction.exists("SELECT 1 FROM denied_hash WHERE hash = ?", .blob(hmac.hash($0.bytes)))
        }
    }

    /// The denial of a contact, nil when it is not denied.
    public func denial(of contact: Contact) throws -> Denial? {
        try transaction.first(
            """
            SELECT kind, key, reason, public_reason, denied_at FROM denied_contact WHERE kind = ? AND key = ?
            """, .text(contact.kind), .text(contact.key), element: Self.contactDenial)
    }

    /// Denied customers with an id above `id`, in the order of their ids.
    public func customers(after id: CustomerID, limit: Int) throws -> [Denial] {
        try transaction.all(
            """
            SELECT id, coalesce(name, trim(coalesce(first_name, '') || ' ' || coalesce(last_name, ''))), email, phone,
                deny_reason, public_reason
            FROM customer
            WHERE status = 'denied' AND status <> 'active' AND id > ? AND merged_into IS NULL ORDER BY id LIMIT ?
            """, .integer(id.rawValue), .integer(Int64(limit))
        ) { row in
            Denial(
                subject: .customer(
                    CustomerReader.id(row), name: row.text(1).isEmpty ? nil : row.text(1), email: row.textOrNil(2),
                    phone: row.textOrNil(3)),
                reasons: DenialReasons(inner: row.textOrNil(4), outer: row.textOrNil(5)))
        }
    }

    /// Denied contacts after the one of this kind with this key, e-mail addresses first.
    public func contacts(afterKind kind: String, key: String, limit: Int) throws -> [Denial] {
        try transaction.all(
            """
            SELECT kind, key, reason, public_reason, denied_at FROM denied_contact
            WHERE (kind, key) > (?, ?) ORDER BY kind, key LIMIT ?
            """, .text(kind), .text(key), .integer(Int64(limit)), element: Self.contactDenial)
    }

    private static func contactDenial(_ row: Row) -> Denial {
        let contact: Contact = row.text(0) == "phone" ? .phone(row.text(1)) : .email(row.text(1))
        return Denial(
            subject: .contact(contact, since: Instant(seconds: row.integer(4))),
            reasons: DenialReasons(inner: row.textOrNil(2), outer: row.textOrNil(3)))
    }
}
