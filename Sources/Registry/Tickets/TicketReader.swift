public import Storage
internal import StrictJSON

/// Looks at tickets without using them up: mail scanners open links too.
public struct TicketReader {
    private let transaction: ReadTransaction
    private let occasion: Occasion

    public init(_ transaction: ReadTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// What a secret is good for now.
    ///
    /// - Throws: ``TicketError``; that a ticket was used or is too old learns only who has all of its secret.
    public func peek(_ secret: TokenSecret) throws -> Ticket {
        let found = try transaction.first(
            """
            SELECT kind, customer_id, data, issued_at, expires_at, redeemed_at, verifier_digest FROM ticket
            WHERE selector = ?
            """, .text(secret.selector)
        ) { row in
            (
                kind: TicketKind(rawValue: row.text(0)), customer: CustomerID(rawValue: row.integer(1)),
                data: JSONFragment(trusted: row.bytes(2)), issuedAt: Instant(seconds: row.integer(3)),
                expiresAt: Instant(seconds: row.integer(4)), isRedeemed: !row.isNull(5), digest: row.bytes(6)
            )
        }
        guard let found, let kind = found.kind, secret.tenant == occasion.shop.name, secret.opens(found.digest) else {
            throw TicketError.unknown
        }
        guard !found.isRedeemed else { throw TicketError.used }
        guard occasion.at.seconds < found.expiresAt.seconds else { throw TicketError.expired }
        return Ticket(
            kind: kind, customer: found.customer, data: found.data, issuedAt: found.issuedAt,
            expiresAt: found.expiresAt)
    }

    /// When a customer got tickets of a kind, at least in the last month, and which are still good; newest first.
    ///
    /// This is what limits how often somebody is written to.
    public func issues(of kind: TicketKind, to customer: CustomerID) throws -> [(at: Instant, isGood: Bool)] {
        try transaction.all(
            """
            SELECT issued_at, redeemed_at IS NULL AND expires_at > ? FROM ticket
            WHERE customer_id = ? AND kind = ? ORDER BY issued_at DESC LIMIT 100
            """, .integer(occasion.at.seconds), .integer(customer.rawValue), .text(kind.rawValue)
        ) { (at: Instant(seconds: $0.integer(0)), isGood: $0.flag(1)) }
    }
}
