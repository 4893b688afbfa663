public import Storage

/// Makes and revokes tokens.
public struct TokenWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Makes a token; its secret can be read only now.
    ///
    /// - Throws: ``TokenError/channelMissing``.
    public func create(
        _ role: TokenRole, tenant: String, channel: String?, label: String
    ) throws -> (token: Token, secret: TokenSecret) {
        guard role != .channel || channel != nil else { throw TokenError.channelMissing }
        let secret = TokenSecret(tenant: tenant)
        let channel = role == .channel ? channel : nil
        try transaction.execute(
            """
            INSERT INTO token (selector, verifier_digest, role, channel, label, created_at) VALUES (?, ?, ?, ?, ?, ?)
            """,
            .text(secret.selector), .blob(secret.digest), .text(role.rawValue),
            .text(orNull: channel), .text(label), .integer(occasion.at.seconds))
        let token = Token(
            selector: secret.selector, role: role, channel: channel, label: label, createdAt: occasion.at,
            revokedAt: nil)
        return (token, secret)
    }

    /// Revokes a token for good.
    ///
    /// - Throws: ``TokenError/notFound``.
    public func revoke(selector: String) throws {
        let change = try transaction.change(
            "UPDATE token SET revoked_at = coalesce(revoked_at, ?) WHERE selector = ?",
            .integer(occasion.at.seconds), .text(selector))
        guard change > 0 else { throw TokenError.notFound }
    }
}
