public import Storage
internal import StrictJSON

/// Reads segments.
public struct SegmentReader {
    private let transaction: ReadTransaction
    private let currency: Currency

    /// Amounts in rules are in the shop's currency.
    public init(_ transaction: ReadTransaction, _ shop: Shop) {
        self.transaction = transaction
        currency = shop.currency
    }

    /// The segment whose name equals `name` after folding.
    ///
    /// - Throws: ``SegmentError/notFound``.
    public func segment(named name: String) throws -> Segment {
        guard let found = try find(name) else { throw SegmentError.notFound }
        return found
    }

    /// Segments by name, after `key`: the last name of the page before, folded; empty for the first page.
    public func segments(after key: String, limit: Int) throws -> [Segment] {
        try transaction.all(
            "SELECT id, name, rule, created_at FROM segment WHERE name_key > ? ORDER BY name_key LIMIT ?", .text(key),
            .integer(Int64(limit)), element: segment)
    }

    func find(_ name: String) throws -> Segment? {
        try transaction.first(
            "SELECT id, name, rule, created_at FROM segment WHERE name_key = ?", .text(Folding.folded(name)),
            element: segment)
    }

    private func segment(_ row: Row) throws -> Segment {
        Segment(
            id: SegmentID(rawValue: row.integer(0)), name: row.text(1),
            query: try CustomerQuery(rule: try JSON(parsing: row.text(2)), in: currency),
            createdAt: Instant(seconds: row.integer(3)))
    }
}
