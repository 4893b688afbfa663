internal import Storage

/// What a table of all customers needs columns for.
extension CustomerReader {
    /// The most fields of the tenant's own that a table has columns for.
    public static let customNameLimit = 200

    /// The currencies in which customers have totals, by code; walks through all of them.
    public func currencies() throws -> [Currency] {
        try transaction.all("SELECT DISTINCT currency FROM customer_total ORDER BY currency") {
            Currency(stored: $0.text(0))
        }
    }

    /// The names of the tenant's own fields that customers have, by name; walks through all of them.
    public func customNames() throws -> [String] {
        try transaction.all(
            """
            SELECT DISTINCT field.key FROM customer, json_each(customer.custom) AS field
            WHERE customer.custom <> '{}' ORDER BY field.key LIMIT ?
            """, .integer(Int64(Self.customNameLimit))
        ) { $0.text(0) }
    }
}
