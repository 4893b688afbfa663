internal import Storage

/// Keeps the words a customer is found by.
struct SearchWriter {
    private let transaction: WriteTransaction

    init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Replaces the terms of a customer; only the difference is written.
    func replace(_ old: Set<String>, with new: Set<String>, for customer: CustomerID) throws {
        for term in old where !new.contains(term) {
            try transaction.execute(
                "DELETE FROM search_term WHERE term = ? AND customer_id = ?", .text(term), .integer(customer.rawValue))
        }
        for term in new where !old.contains(term) {
            try transaction.execute(
                "INSERT INTO search_term (term, customer_id) VALUES (?, ?) ON CONFLICT DO NOTHING", .text(term),
                .integer(customer.rawValue))
        }
    }
}
