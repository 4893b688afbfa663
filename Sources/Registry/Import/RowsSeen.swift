/// Whom the rows of a table were about, so that a later row about somebody can be told from the first.
public struct RowsSeen: Sendable {
    /// The row in which each customer came first, by what tells one from another as a hash value.
    private var rows: [Int: Int32] = [:]
    private let sharesEmail: Bool

    /// Customers remembered, so that memory stays bounded; later ones are nobody's repetition.
    private static let limit = 500_000

    /// `policies` say whether several people may have one e-mail address.
    public init(_ policies: Policies) {
        sharesEmail = policies.sharesEmail
    }

    /// The earlier row about the same customer, nil when this is the first.
    public mutating func row(before customer: ImportedCustomer) -> Int? {
        let key = customer.identity(sharesEmail: sharesEmail)
        if let row = rows[key] { return Int(row) }
        if rows.count < Self.limit { rows[key] = Int32(clamping: customer.row) }
        return nil
    }
}

extension ImportedCustomer {
    /// What tells the customer from others, as a hash value: the e-mail address, else the id, else number and name.
    func identity(sharesEmail: Bool) -> Int {
        var hasher = Hasher()
        if let email = fields.email {
            hasher.combine(email.key)
            if sharesEmail { hasher.combine(nameKey) }
        } else if let ext {
            hasher.combine(ext)
        } else if let id {
            hasher.combine(id)
        } else {
            hasher.combine(fields.phoneKey)
            hasher.combine(nameKey)
        }
        return hasher.finalize()
    }
}
