public import Storage
internal import StrictJSON

/// Records what customers agree to, with evidence.
public struct ConsentWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Takes a statement down; the evidence grows even when the state stays as it was.
    ///
    /// `channel` is where it was said, nil when staff entered it; `order` the order in whose checkout it was said.
    ///
    /// - Throws: `StorageError`.
    public func record(
        _ statement: ConsentStatement, by customer: CustomerID, channel: String?, order: OrderID? = nil
    ) throws {
        let status: ConsentStatus = statement.isGranted ? .subscribed : .unsubscribed
        try transaction.execute(
            """
            INSERT INTO consent (customer_id, purpose, status, changed_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (customer_id, purpose) DO UPDATE SET status = excluded.status, changed_at = excluded.changed_at
            WHERE status <> excluded.status
            """,
            .integer(customer.rawValue), .text(statement.purpose.rawValue), .text(status.rawValue),
            .integer(occasion.at.seconds))
        try transaction.execute(
            """
            INSERT INTO consent_evidence (customer_id, purpose, status, wording, channel, actor, at, order_id)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(customer.rawValue), .text(statement.purpose.rawValue), .text(status.rawValue),
            .text(orNull: statement.wording), .text(orNull: channel), .text(occasion.actor.description),
            .integer(occasion.at.seconds), .integer(orNull: order?.rawValue))
        let topic: Topic = statement.isGranted ? .consentSubscribed : .consentUnsubscribed
        try TimelineWriter(transaction: transaction, occasion: occasion).append(topic, customer: customer, order: order)
        {
            $0.member("purpose", statement.purpose.rawValue)
            $0.member("wording", statement.wording)
            $0.member("channel", channel)
        }
    }
}
