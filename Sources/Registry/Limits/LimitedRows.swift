internal import Storage

/// Rows of which a tenant may have only so many.
///
/// Their ids are never given out again, so there are as many as the highest id says, less those that are gone. What is
/// gone is counted when it goes; entering a row costs no count.
enum LimitedRows: String {
    case customers
    case orders

    /// Refuses the row that would get an id.
    ///
    /// - Throws: ``LimitError``, `StorageError`.
    func admit(_ id: Int64, _ limits: Limits, _ transaction: ReadTransaction) throws {
        guard let limit = limit(in: limits), id > limit, try id > limit + gone(transaction) else { return }
        switch self {
        case .customers: throw LimitError.customers(limit: limit)
        case .orders: throw LimitError.orders(limit: limit)
        }
    }

    /// The highest id that may be given out; nil for any.
    ///
    /// - Throws: `StorageError`.
    func highestID(_ limits: Limits, _ transaction: ReadTransaction) throws -> Int64? {
        try limit(in: limits).map { try $0 + gone(transaction) }
    }

    /// How many there are.
    ///
    /// - Throws: `StorageError`.
    func count(_ transaction: ReadTransaction) throws -> Int64 {
        let highest: Int64? =
            switch self {
            case .customers:
                try transaction.first("SELECT value FROM sequence WHERE name = 'customer'") { $0.integer(0) }
            case .orders: try Numbering.order.last(in: transaction)
            }
        return try max(0, (highest ?? 0) - gone(transaction))
    }

    private func limit(in limits: Limits) -> Int64? {
        switch self {
        case .customers: limits.customers
        case .orders: limits.orders
        }
    }

    private func gone(_ transaction: ReadTransaction) throws -> Int64 {
        try transaction.first("SELECT count FROM gone WHERE name = ?", .text(rawValue)) { $0.integer(0) } ?? 0
    }
}
