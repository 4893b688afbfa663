public import Storage

/// Reads address books.
public struct AddressReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``AddressError/notFound``.
    public func address(_ id: AddressID) throws -> Address {
        let found = try transaction.first(
            """
            SELECT id, customer_id, rev, title, name, company, line1, line2, postcode, city, region, country, phone,
                is_shipping, is_billing, source
            FROM address WHERE id = ?
            """, .integer(id.rawValue), element: Self.address)
        guard let found else { throw AddressError.notFound }
        return found
    }

    /// A customer's whole book, oldest first; at most ``AddressWriter/limit`` addresses.
    public func addresses(of customer: CustomerID) throws -> [Address] {
        try transaction.all(
            """
            SELECT id, customer_id, rev, title, name, company, line1, line2, postcode, city, region, country, phone,
                is_shipping, is_billing, source
            FROM address WHERE customer_id = ? ORDER BY id
            """, .integer(customer.rawValue), element: Self.address)
    }

    /// How many addresses a customer has.
    func count(of customer: CustomerID) throws -> Int64 {
        try transaction.first("SELECT count(*) FROM address WHERE customer_id = ?", .integer(customer.rawValue)) {
            $0.integer(0)
        } ?? 0
    }

    /// The address of a customer with this content, nil when there is none.
    func address(of customer: CustomerID, digest: [UInt8]) throws -> AddressID? {
        try transaction.first(
            "SELECT id FROM address WHERE customer_id = ? AND content_digest = ?", .integer(customer.rawValue),
            .blob(digest), element: Self.id)
    }

    /// The address of a customer with this folded title, nil when there is none.
    func address(of customer: CustomerID, titleKey: String) throws -> AddressID? {
        try transaction.first(
            "SELECT id FROM address WHERE customer_id = ? AND title_key = ?", .integer(customer.rawValue),
            .text(titleKey), element: Self.id)
    }

    private static func id(_ row: Row) -> AddressID {
        AddressID(rawValue: row.integer(0))
    }

    private static func address(_ row: Row) -> Address {
        var fields = AddressFields()
        fields.title = row.textOrNil(3)
        fields.name = row.textOrNil(4)
        fields.company = row.textOrNil(5)
        fields.line1 = row.textOrNil(6)
        fields.line2 = row.textOrNil(7)
        fields.postcode = row.textOrNil(8)
        fields.city = row.textOrNil(9)
        fields.region = row.textOrNil(10)
        fields.country = row.textOrNil(11).map(Country.init(stored:))
        fields.phone = row.textOrNil(12)
        return Address(
            id: id(row), customer: CustomerID(rawValue: row.integer(1)), rev: row.integer(2), fields: fields,
            isShipping: row.flag(13), isBilling: row.flag(14), source: row.text(15))
    }
}
