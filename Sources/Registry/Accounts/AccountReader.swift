public import Storage

/// Reads accounts and sessions.
public struct AccountReader {
    private let transaction: ReadTransaction
    private let occasion: Occasion

    public init(_ transaction: ReadTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// - Throws: ``CustomerError/notFound``.
    public func account(of id: CustomerID) throws -> Account {
        let customer = Value.integer(id.rawValue)
        let now = Value.integer(occasion.at.seconds)
        let found = try transaction.first(
            """
            SELECT account, status, email_verified_at,
                EXISTS (SELECT 1 FROM account_password p WHERE p.customer_id = customer.id),
                (SELECT email FROM account_email_change c WHERE c.customer_id = customer.id),
                (SELECT count(*) FROM account_session s WHERE s.customer_id = customer.id AND s.expires_at > ?),
                (SELECT max(t.expires_at) FROM ticket t WHERE t.customer_id = customer.id
                    AND t.kind = 'account.invitation' AND t.redeemed_at IS NULL AND t.expires_at > ?)
            FROM customer WHERE id = ?
            """, now, now, customer
        ) { row in
            Account(
                customer: id, state: AccountState(rawValue: row.text(0)) ?? .none,
                status: CustomerStatus(rawValue: row.text(1)) ?? .active, hasPassword: row.flag(3),
                emailVerifiedAt: row.integerOrNil(2).map(Instant.init(seconds:)),
                invitedUntil: row.integerOrNil(6).map(Instant.init(seconds:)), pendingEmail: row.textOrNil(4),
                sessions: row.integer(5))
        }
        guard let found else { throw CustomerError.notFound }
        return found
    }

    /// Whose session a secret opens, if that customer may still sign in.
    ///
    /// - Throws: ``AccountError/noSession``, the same whatever the reason.
    public func session(opening secret: TokenSecret) throws -> SignInSession {
        let found = try transaction.first(
            """
            SELECT customer_id, began_at, expires_at, verifier_digest, customer.status FROM account_session
            JOIN customer ON customer.id = customer_id WHERE selector = ?
            """, .text(secret.selector)
        ) { row in
            (
                session: SignInSession(
                    customer: CustomerID(rawValue: row.integer(0)), beganAt: Instant(seconds: row.integer(1)),
                    expiresAt: Instant(seconds: row.integer(2))), digest: row.bytes(3), status: row.text(4)
            )
        }
        guard let found, secret.tenant == occasion.shop.name, secret.opens(found.digest),
            occasion.at.seconds < found.session.expiresAt.seconds, found.status == CustomerStatus.active.rawValue
        else { throw AccountError.noSession }
        return found.session
    }

    /// Who may sign in with an address: the first customer there who is neither disabled nor denied; nil when nobody is.
    func guest(at email: EmailAddress) throws -> CustomerID? {
        try transaction.first(
            "SELECT id FROM customer WHERE email_key = ? AND status = 'active' ORDER BY email_seat LIMIT 1",
            .text(email.key)
        ) { CustomerID(rawValue: $0.integer(0)) }
    }

    /// What a customer's password so far is compared with, nil when there is none.
    public func check(of customer: CustomerID) throws -> PasswordCheck? {
        try transaction.first("SELECT hash FROM account_password WHERE customer_id = ?", .integer(customer.rawValue)) {
            PasswordCheck(customer: customer, hash: PasswordHash(stored: $0.text(0)))
        }
    }

    /// What a password given for an address is compared with, whether anybody is there or not.
    ///
    /// - Throws: ``AccountError/noHashing``.
    public func check(at email: EmailAddress) throws -> PasswordCheck {
        let found = try transaction.first(
            """
            SELECT customer.id, hash FROM customer JOIN account_password ON customer_id = customer.id
            WHERE email_key = ? AND status = 'active' AND account = 'active' ORDER BY email_seat LIMIT 1
            """, .text(email.key)
        ) { PasswordCheck(customer: CustomerID(rawValue: $0.integer(0)), hash: PasswordHash(stored: $0.text(1))) }
        return try found ?? PasswordCheck(customer: nil, hash: PasswordHash.nobody())
    }
}
