public import Storage
internal import StrictJSON

/// Reads customers.
public struct CustomerReader {
    let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func customer(_ id: CustomerID) throws -> Customer {
        let customer = try record(id)
        if let survivor = customer.mergedInto { throw CustomerError.merged(into: survivor) }
        return customer
    }

    /// A customer, or what is left of one who was merged into another.
    ///
    /// - Throws: ``CustomerError/notFound``.
    public func record(_ id: CustomerID) throws -> Customer {
        let found = try transaction.first(
            """
            SELECT id, number, rev, name, first_name, last_name, email, phone, phone_key, country, language, company,
                vat_id, tax_exempt, birthday, custom, status, deny_reason, account, source, is_test, joined_at,
                order_count, last_order_at, email_key, public_reason, email_verified_at, merged_into
            FROM customer WHERE id = ?
            """, .integer(id.rawValue), element: customer)
        guard let found else { throw CustomerError.notFound }
        return found
    }

    /// Whom a customer was merged into; the customer itself, known or not, when it was not.
    public func survivor(of id: CustomerID) throws -> CustomerID {
        try transaction.first(
            "SELECT merged_into FROM customer WHERE id = ? AND merged_into IS NOT NULL", .integer(id.rawValue),
            element: Self.id) ?? id
    }

    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func status(of id: CustomerID) throws -> CustomerStatus {
        let found = try transaction.first(
            "SELECT status, merged_into FROM customer WHERE id = ?", .integer(id.rawValue)
        ) { (status: CustomerStatus(rawValue: $0.text(0)) ?? .active, survivor: $0.integerOrNil(1)) }
        guard let found else { throw CustomerError.notFound }
        if let survivor = found.survivor { throw CustomerError.merged(into: CustomerID(rawValue: survivor)) }
        return found.status
    }

    /// Refuses a customer who was erased.
    ///
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/erased``.
    public func requireKept(_ id: CustomerID) throws {
        guard try status(of: id) != .erased else { throw CustomerError.erased }
    }

    /// The customers with this e-mail address: one, unless the tenant lets people share.
    ///
    /// An address of somebody merged away leads to the survivor.
    public func customers(email: EmailAddress) throws -> [CustomerID] {
        Self.once(
            try transaction.all(
                "SELECT coalesce(merged_into, id) FROM customer WHERE email_key = ? ORDER BY email_seat",
                .text(email.key), element: Self.id))
    }

    /// More customers than this are not looked up by one telephone number: nobody can tell them apart.
    static let phoneLimit = 20

    /// The customers with this telephone number, at most 20; one of somebody merged away leads to the survivor.
    public func customers(phoneKey: String) throws -> [CustomerID] {
        Self.once(
            try transaction.all(
                "SELECT coalesce(merged_into, id) FROM customer WHERE phone_key = ? ORDER BY id LIMIT ?",
                .text(phoneKey), .integer(Int64(Self.phoneLimit)), element: Self.id))
    }

    /// The same customers, each once.
    private static func once(_ customers: [CustomerID]) -> [CustomerID] {
        guard customers.count > 1 else { return customers }
        var seen: Set<CustomerID> = []
        return customers.filter { seen.insert($0).inserted }
    }

    /// The customer with this number, nil when there is none.
    public func customer(number: Int64) throws -> CustomerID? {
        // The number is the id; only files of early releases have others, which their own index finds.
        try transaction.first(
            """
            SELECT coalesce(merged_into, id) FROM customer WHERE id = ?1 AND number = ?1
            UNION ALL
            SELECT coalesce(merged_into, id) FROM customer WHERE number = ?1 AND number <> id
            """, .integer(number), element: Self.id)
    }

    /// The customer a channel knows under an id of its own, nil when there is none.
    public func customer(channel: String, ext: String) throws -> CustomerID? {
        try transaction.first(
            "SELECT customer_id FROM customer_ext WHERE channel = ? AND ext = ?", .text(channel), .text(ext),
            element: Self.id)
    }

    /// What the channels call a customer, by channel.
    public func externalIDs(of customer: CustomerID) throws -> [(channel: String, ext: String)] {
        try transaction.all(
            "SELECT channel, ext FROM customer_ext WHERE customer_id = ? ORDER BY channel, ext",
            .integer(customer.rawValue)
        ) { (channel: $0.text(0), ext: $0.text(1)) }
    }

    /// The addresses of a customer and of who was merged into it, unless somebody else has the address too.
    public func emails(of id: CustomerID) throws -> [EmailAddress] {
        let records = [id] + (try mergedInto(id))
        let emails = try records.compactMap { try record($0).fields.email }
        return try emails.filter { try customers(email: $0).allSatisfy(records.contains) }
    }

    /// Those who were merged into a customer.
    public func mergedInto(_ survivor: CustomerID) throws -> [CustomerID] {
        try transaction.all(
            "SELECT id FROM customer WHERE merged_into = ? ORDER BY id", .integer(survivor.rawValue), element: Self.id)
    }

    /// The customers any channel knows under this id.
    public func customers(ext: String) throws -> [CustomerID] {
        try transaction.all(
            "SELECT DISTINCT customer_id FROM customer_ext WHERE ext = ? ORDER BY customer_id LIMIT 100", .text(ext),
            element: Self.id)
    }

    static func id(_ row: Row) -> CustomerID {
        CustomerID(rawValue: row.integer(0))
    }

    private func customer(_ row: Row) throws -> Customer {
        let id = Self.id(row)
        let status = CustomerStatus(rawValue: row.text(16)) ?? .active
        let lastOrderAt = row.integer(23)
        return Customer(
            id: id, number: row.integer(1), rev: row.integer(2), fields: Self.fields(row), status: status,
            denyReason: row.textOrNil(17), publicReason: row.textOrNil(25),
            account: AccountState(rawValue: row.text(18)) ?? .none,
            source: row.text(19), isTest: row.flag(20), joinedAt: Instant(seconds: row.integer(21)),
            orderCount: row.integer(22), lastOrderAt: lastOrderAt == 0 ? nil : Instant(seconds: lastOrderAt),
            tags: try tags(of: id), groups: try GroupReader(transaction).groups(of: id),
            channels: try channels(of: id), totals: try totals(of: id),
            consent: try ConsentReader(transaction).states(of: id),
            emailVerifiedAt: row.integerOrNil(26).map(Instant.init(seconds:)),
            mergedInto: row.integerOrNil(27).map(CustomerID.init(rawValue:)))
    }

    /// The columns 3 to 15 of a customer, and the e-mail's key in column 24.
    static func fields(_ row: Row) -> CustomerFields {
        var fields = CustomerFields()
        fields.name = row.textOrNil(3)
        fields.firstName = row.textOrNil(4)
        fields.lastName = row.textOrNil(5)
        if let spelling = row.textOrNil(6) { fields.email = EmailAddress(storedSpelling: spelling, key: row.text(24)) }
        fields.phone = row.textOrNil(7)
        fields.phoneKey = row.textOrNil(8)
        fields.country = row.textOrNil(9).map(Country.init(stored:))
        fields.language = row.textOrNil(10)
        fields.company = row.textOrNil(11)
        fields.vatID = row.textOrNil(12)
        fields.taxExempt = row.flag(13)
        fields.birthday = row.textOrNil(14)
        let custom = row.text(15)
        if custom != "{}", let members = (try? JSON(parsing: custom))?.objectValue {
            // The column is only ever written from a parsed object; what cannot be read is shown as empty.
            fields.custom = members
        }
        return fields
    }

    private func tags(of id: CustomerID) throws -> [String] {
        try transaction.all(
            """
            SELECT tag.name FROM customer_tag JOIN tag ON tag.id = customer_tag.tag_id
            WHERE customer_tag.customer_id = ? ORDER BY tag.name_key
            """, .integer(id.rawValue)
        ) { $0.text(0) }
    }

    private func channels(of id: CustomerID) throws -> [String] {
        try transaction.all(
            "SELECT channel FROM customer_channel WHERE customer_id = ? ORDER BY channel", .integer(id.rawValue)
        ) { $0.text(0) }
    }

    private func totals(of id: CustomerID) throws -> [Money] {
        try transaction.all(
            "SELECT net_minor, currency FROM customer_total WHERE customer_id = ? ORDER BY currency",
            .integer(id.rawValue)
        ) { Money(minor: $0.integer(0), currency: Currency(stored: $0.text(1))) }
    }
}
