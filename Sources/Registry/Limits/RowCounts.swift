public import Storage

/// How many customers and orders a tenant has, tests and erased ones included.
public struct RowCounts: Sendable, Equatable {
    public let customers: Int64
    public let orders: Int64

    /// Counts by the ids given out, not row by row.
    ///
    /// - Throws: `StorageError`.
    public init(_ transaction: ReadTransaction) throws {
        customers = try LimitedRows.customers.count(transaction)
        orders = try LimitedRows.orders.count(transaction)
    }
}
