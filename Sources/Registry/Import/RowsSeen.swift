/// Whom the rows of a table were about, so that a later row about somebody can be told from the first.
public struct RowsSeen: Sendable {
    /// The row in which each customer came first, in the lower bits, behind what tells one from another as a hash value,
    /// whose lowest bits say where to look; 0 is nobody.
    private var slots = [UInt64](repeating: 0, count: 1 << 10)
    private var count = 0
    private let sharesEmail: Bool

    /// Customers remembered, so that memory stays bounded; later ones are nobody's repetition.
    private static let limit = 500_000
    /// The bits of a row's number; rows beyond are nobody's first.
    private static let rowBits: UInt64 = 24

    /// `policies` say whether several people may have one e-mail address.
    public init(_ policies: Policies) {
        sharesEmail = policies.sharesEmail
    }

    /// The earlier row about the same customer, nil when this is the first.
    public mutating func row(before customer: ImportedCustomer) -> Int? {
        let hash = UInt64(bitPattern: Int64(customer.identity(sharesEmail: sharesEmail))) >> Self.rowBits
        var place = place(of: hash)
        while slots[place] != 0 {
            if slots[place] >> Self.rowBits == hash { return Int(slots[place] & (1 << Self.rowBits - 1)) }
            place = (place + 1) & (slots.count - 1)
        }
        guard count < Self.limit, customer.row > 0, customer.row < 1 << Self.rowBits else { return nil }
        slots[place] = hash << Self.rowBits | UInt64(customer.row)
        count += 1
        if count * 2 > slots.count { grow() }
        return nil
    }

    private func place(of hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    private mutating func grow() {
        let old = slots
        slots = [UInt64](repeating: 0, count: old.count * 2)
        for entry in old where entry != 0 {
            var place = place(of: entry >> Self.rowBits)
            while slots[place] != 0 { place = (place + 1) & (slots.count - 1) }
            slots[place] = entry
        }
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
