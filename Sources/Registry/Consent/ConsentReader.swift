public import Storage

/// Reads what customers agreed to.
public struct ConsentReader {
    let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// The states of a customer, ordered by purpose.
    public func states(of customer: CustomerID) throws -> [ConsentState] {
        try transaction.all(
            "SELECT purpose, status, changed_at FROM consent WHERE customer_id = ? ORDER BY purpose",
            .integer(customer.rawValue), element: Self.state)
    }

    /// A customer's state for one purpose, nil when nobody ever asked.
    public func state(of customer: CustomerID, for purpose: ConsentPurpose) throws -> ConsentState? {
        try transaction.first(
            "SELECT purpose, status, changed_at FROM consent WHERE customer_id = ? AND purpose = ?",
            .integer(customer.rawValue), .text(purpose.rawValue), element: Self.state)
    }

    /// When a customer last objected to a purpose, or could not be reached; nil when that never was so.
    ///
    /// Who objects twice has the date of the state from the first time, and means it since the second.
    func lastObjection(of customer: CustomerID, _ purpose: ConsentPurpose) throws -> Instant? {
        try transaction.first(
            """
            SELECT max(at) FROM consent_evidence
            WHERE customer_id = ? AND purpose = ? AND status IN ('unsubscribed', 'bounced')
            """, .integer(customer.rawValue), .text(purpose.rawValue)
        ) { $0.integerOrNil(0).map(Instant.init(seconds:)) } ?? nil
    }

    /// Everything a customer ever said, oldest first.
    public func evidence(of customer: CustomerID) throws -> [ConsentEvidence] {
        try transaction.all(
            """
            SELECT purpose, status, wording, channel, actor, at, order_id, origin, said_at, source_ip, note
            FROM consent_evidence
            WHERE customer_id = ? ORDER BY id
            """, .integer(customer.rawValue)
        ) { row in
            ConsentEvidence(
                purpose: row.text(0), status: row.text(1), wording: row.textOrNil(2), channel: row.textOrNil(3),
                actor: row.text(4), at: Instant(seconds: row.integer(5)),
                saidAt: row.integerOrNil(8).map(Instant.init(seconds:)), origin: row.textOrNil(7),
                sourceIP: row.textOrNil(9), note: row.textOrNil(10),
                order: row.integerOrNil(6).map(OrderID.init(rawValue:)))
        }
    }

    private static func state(_ row: Row) -> ConsentState {
        ConsentState(
            purpose: ConsentPurpose(rawValue: row.text(0)) ?? .newsletter,
            status: ConsentStatus(rawValue: row.text(1)) ?? .unsubscribed, changedAt: Instant(seconds: row.integer(2)))
    }
}
