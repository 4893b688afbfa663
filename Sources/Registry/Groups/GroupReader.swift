public import Storage

/// Reads groups.
public struct GroupReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// - Throws: ``GroupError/notFound``.
    public func group(_ id: GroupID) throws -> CustomerGroup {
        let found = try transaction.first(
            "SELECT id, name, tax_exempt, customers FROM shop_group WHERE id = ?", .integer(id.rawValue),
            element: Self.group)
        guard let found else { throw GroupError.notFound }
        return found
    }

    /// The group whose name equals `name` after folding.
    ///
    /// - Throws: ``GroupError/notFound``.
    public func group(named name: String) throws -> CustomerGroup {
        guard let found = try find(name) else { throw GroupError.notFound }
        return found
    }

    /// Groups by name, after `key`: the last name of the page before, folded; empty for the first page.
    public func groups(after key: String, limit: Int) throws -> [CustomerGroup] {
        try transaction.all(
            "SELECT id, name, tax_exempt, customers FROM shop_group WHERE name_key > ? ORDER BY name_key LIMIT ?",
            .text(key), .integer(Int64(limit)), element: Self.group)
    }

    /// The groups a customer is in, by name.
    public func groups(of customer: CustomerID) throws -> [CustomerGroup] {
        try transaction.all(
            """
            SELECT g.id, g.name, g.tax_exempt, g.customers FROM customer_group m JOIN shop_group g ON g.id = m.group_id
            WHERE m.customer_id = ? ORDER BY g.name_key
            """, .integer(customer.rawValue), element: Self.group)
    }

    /// The group that equals a name after folding, nil when there is none.
    func find(_ name: String) throws -> CustomerGroup? {
        try transaction.first(
            "SELECT id, name, tax_exempt, customers FROM shop_group WHERE name_key = ?", .text(Folding.folded(name)),
            element: Self.group)
    }

    private static func group(_ row: Row) -> CustomerGroup {
        CustomerGroup(
            id: GroupID(rawValue: row.integer(0)), name: row.text(1), isTaxExempt: row.flag(2),
            customers: row.integer(3))
    }
}
