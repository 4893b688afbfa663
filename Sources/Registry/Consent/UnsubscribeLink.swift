public import Storage

/// The token behind "unsubscribe": it says for whom and for what, is good for ever, and needs no row of its own.
///
/// So a letter to a million people writes nothing, and its links outlive any clearing up. Nobody can make one up: it
/// carries a keyed hash. <https://www.rfc-editor.org/rfc/rfc8058>
public struct UnsubscribeLink: Sendable, Equatable {
    public let customer: CustomerID
    public let purpose: ConsentPurpose

    public init(customer: CustomerID, purpose: ConsentPurpose) {
        self.customer = customer
        self.purpose = purpose
    }

    /// The token that goes into the mail.
    public func token(_ transaction: WriteTransaction, of shop: Shop) throws -> TokenSecret {
        let key = try TenantSecret.madeKey(.unsubscribe, transaction)
        return TokenSecret(tenant: shop.name, selector: selector, verifier: verifier(key, tenant: shop.name))
    }

    /// Reads a token; nil for one that this tenant did not make.
    public init?(_ token: TokenSecret, _ transaction: ReadTransaction, of shop: Shop) throws {
        guard token.tenant == shop.name, let code = UInt64(token.selector.prefix(16), radix: 16),
            let id = UInt64(token.selector.suffix(16), radix: 16),
            let purpose = ConsentPurpose.allCases.first(where: { $0.linkCode == code })
        else { return nil }
        self.init(customer: CustomerID(rawValue: Int64(bitPattern: id)), purpose: purpose)
        guard let key = try TenantSecret.key(.unsubscribe, transaction),
            Array(verifier(key, tenant: shop.name).utf8).isEqualInConstantTime(to: Array(token.verifier.utf8))
        else { return nil }
    }

    /// The purpose in 8 bytes, then the customer's id in 8 bytes, in hexadecimal.
    private var selector: String {
        Hexadecimal.text(
            [purpose.linkCode, UInt64(bitPattern: customer.rawValue)].flatMap { number in
                stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: number >> UInt64($0)) }
            })
    }

    private func verifier(_ key: [UInt8], tenant: String) -> String {
        Hexadecimal.text(HMAC(key: key).hash(Array("\(tenant)\0\(selector)".utf8)))
    }
}

extension ConsentPurpose {
    /// Stands in links that were sent already, so it never changes.
    fileprivate var linkCode: UInt64 {
        switch self {
        case .newsletter: 1
        case .sms: 2
        case .phone: 3
        case .post: 4
        }
    }
}
