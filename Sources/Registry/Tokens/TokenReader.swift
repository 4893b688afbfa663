public import Storage

/// Reads and checks tokens.
public struct TokenReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// All tokens, revoked ones too, oldest first.
    public func tokens() throws -> [Token] {
        try transaction.all(
            "SELECT selector, role, channel, label, created_at, revoked_at FROM token ORDER BY created_at, selector",
            element: Self.token)
    }

    /// The token that a secret opens.
    ///
    /// - Throws: ``TokenError/refused``, the same whether it is unknown, wrong or revoked.
    public func token(opening secret: TokenSecret) throws -> Token {
        let found = try transaction.first(
            """
            SELECT selector, role, channel, label, created_at, revoked_at, verifier_digest FROM token
            WHERE selector = ?
            """, .text(secret.selector)
        ) { (token: Self.token($0), digest: $0.bytes(6)) }
        guard let found, secret.opens(found.digest), found.token.revokedAt == nil else {
            throw TokenError.refused
        }
        return found.token
    }

    private static func token(_ row: Row) -> Token {
        Token(
            selector: row.text(0), role: TokenRole(rawValue: row.text(1)) ?? .reader, channel: row.textOrNil(2),
            label: row.text(3), createdAt: Instant(seconds: row.integer(4)),
            revokedAt: row.integerOrNil(5).map(Instant.init(seconds:)))
    }
}
