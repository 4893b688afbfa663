public import Storage

/// Reads what customers agreed to.
public struct ConsentReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The states of a customer, ordered by purpose.
    public func states(of customer: CustomerID) throws -> [ConsentState] {
        try transaction.all(
            "SELECT purpose, status, changed_at FROM consent WHERE customer_id = ? ORDER BY purpose",
            .integer(customer.rawValue)
        ) { row in
            ConsentState(
                purpose: ConsentPurpose(rawValue: row.text(0)) ?? .newsletter,
                status: ConsentStatus(rawValue: row.text(1)) ?? .unsubscribed,
                changedAt: Instant(seconds: row.integer(2)))
        }
    }

    /// Everything a customer ever said, oldest first.
    public func evidence(of customer: CustomerID) throws -> [ConsentEvidence] {
        try transaction.all(
            """
            SELECT purpose, status, wording, channel, actor, at, order_id FROM consent_evidence
            WHERE customer_id = ? ORDER BY id
            """, .integer(customer.rawValue)
        ) { row in
            ConsentEvidence(
                purpose: row.text(0), status: row.text(1), wording: row.textOrNil(2), channel: row.textOrNil(3),
                actor: row.text(4), at: Instant(seconds: row.integer(5)),
                order: row.integerOrNil(6).map(OrderID.init(rawValue:)))
        }
    }
}
