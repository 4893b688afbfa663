internal import Storage

/// A short way to the customers that one condition of a query leaves.
struct CustomerDriver {
    private enum Condition {
        case tag(TagID)
        case group(GroupID)
        case channel(String)
        case consent(ConsentStatus)
        case status(CustomerStatus)
    }

    private let transaction: ReadTransaction
    private let condition: Condition

    private init(_ condition: Condition, _ transaction: ReadTransaction) {
        self.condition = condition
        self.transaction = transaction
    }

    /// All there are for a query.
    static func all(for query: CustomerQuery, _ transaction: ReadTransaction) throws -> [CustomerDriver] {
        var drivers: [CustomerDriver] = []
        let single = query.tagsAny.count == 1 ? query.tagsAny : []
        for name in query.tagsAll + single + (query.tag.map { [$0] } ?? []) {
            guard let tag = try TagReader(transaction).tag(named: name) else { continue }
            drivers.append(CustomerDriver(.tag(tag), transaction))
        }
        if let name = query.group, let group = try GroupReader(transaction).find(name) {
            drivers.append(CustomerDriver(.group(group.id), transaction))
        }
        if let status = query.status, status != .active { drivers.append(CustomerDriver(.status(status), transaction)) }
        if query.isSubscribed == true { drivers.append(CustomerDriver(.consent(.subscribed), transaction)) }
        if let channel = query.channel { drivers.append(CustomerDriver(.channel(channel), transaction)) }
        return try query.also.reduce(drivers) { try $0 + all(for: $1, transaction) }
    }

    /// The next customers by id.
    func ids(after id: Int64, limit: Int) throws -> [Int64] {
        let id = Value.integer(id)
        let limit = Value.integer(Int64(limit))
        switch condition {
        case .tag(let tag):
            return try transaction.all(
                "SELECT customer_id FROM customer_tag WHERE tag_id = ? AND customer_id > ? ORDER BY customer_id LIMIT ?",
                .integer(tag.rawValue), id, limit, element: Self.id)
        case .group(let group):
            return try transaction.all(
                """
                SELECT customer_id FROM customer_group WHERE group_id = ? AND customer_id > ?
                ORDER BY customer_id LIMIT ?
                """, .integer(group.rawValue), id, limit, element: Self.id)
        case .channel(let channel):
            return try transaction.all(
                """
                SELECT customer_id FROM customer_channel WHERE channel = ? AND customer_id > ?
                ORDER BY customer_id LIMIT ?
                """, .text(channel), id, limit, element: Self.id)
        case .consent(let status):
            return try transaction.all(
                """
                SELECT customer_id FROM consent WHERE purpose = 'newsletter' AND status = ? AND customer_id > ?
                ORDER BY customer_id LIMIT ?
                """, .text(status.rawValue), id, limit, element: Self.id)
        case .status(let status):
            return try transaction.all(
                """
                SELECT id FROM customer WHERE status = ? AND status <> 'active' AND id > ? ORDER BY id LIMIT ?
                """, .text(status.rawValue), id, limit, element: Self.id)
        }
    }

    private static func id(_ row: Row) -> Int64 { row.integer(0) }
}
