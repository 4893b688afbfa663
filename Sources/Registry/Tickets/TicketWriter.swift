public import Storage
public import StrictJSON

/// Issues tickets, and takes them back.
public struct TicketWriter {
    /// How long a ticket is remembered after its time, in seconds: a month.
    private static let memory: Int64 = 30 * 86_400

    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Issues a ticket.
    ///
    /// - Parameters:
    ///   - kind: What it is good for.
    ///   - customer: Whose right it is.
    ///   - data: What the act needs to know, a JSON object; without personal data.
    ///   - lifetime: How long it is good, in seconds; above 0.
    /// - Returns: Its secret, which can be read only now.
    /// - Throws: `StorageError`.
    public func issue(
        _ kind: TicketKind, to customer: CustomerID, data: JSONFragment = .emptyObject, lifetime: Int64
    ) throws -> TokenSecret {
        // A few at a time, so that nobody's change waits for the rest.
        try transaction.execute(
            "DELETE FROM ticket WHERE selector IN (SELECT selector FROM ticket WHERE expires_at < ? LIMIT 100)",
            .integer(occasion.at.seconds - Self.memory))
        let secret = TokenSecret(tenant: occasion.shop.name)
        try transaction.execute(
            """
            INSERT INTO ticket (selector, verifier_digest, kind, customer_id, data, issued_at, expires_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .text(secret.selector), .blob(secret.digest), .text(kind.rawValue), .integer(customer.rawValue),
            .utf8(data.bytes), .integer(occasion.at.seconds), .integer(occasion.at.seconds + lifetime))
        return secret
    }

    /// Uses a ticket up, in the transaction of the act it is for.
    ///
    /// - Throws: ``TicketError``; a ticket of another kind is unknown.
    public func redeem(_ secret: TokenSecret, as kind: TicketKind) throws -> Ticket {
        let ticket = try TicketReader(transaction.reading, occasion).peek(secret)
        guard ticket.kind == kind else { throw TicketError.unknown }
        try transaction.execute(
            "UPDATE ticket SET redeemed_at = ? WHERE selector = ?", .integer(occasion.at.seconds),
            .text(secret.selector))
        return ticket
    }

    /// Withdraws what a customer has not used of a kind, as if it had been used.
    public func withdraw(_ kind: TicketKind, of customer: CustomerID) throws {
        try transaction.execute(
            "UPDATE ticket SET redeemed_at = ? WHERE customer_id = ? AND kind = ? AND redeemed_at IS NULL",
            .integer(occasion.at.seconds), .integer(customer.rawValue), .text(kind.rawValue))
    }
}
