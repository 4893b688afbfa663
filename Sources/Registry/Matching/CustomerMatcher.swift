public import Storage

/// Finds the customer a buyer is, by the strongest key first: the channel's own id, e-mail, telephone.
public struct CustomerMatcher {
    private let reader: CustomerReader
    private let shop: Shop

    public init(_ transaction: ReadTransaction, _ shop: Shop) {
        reader = CustomerReader(transaction)
        self.shop = shop
    }

    /// Who `buyer` is; a match without customer and with reason ``MatchReason/none`` when nobody is found.
    ///
    /// The buyer's own id counts in `channel` only.
    public func match(_ buyer: BuyerDescription, channel: String) throws -> Match {
        if let ext = buyer.ext, let found = try reader.customer(channel: channel, ext: ext) {
            return Match(customer: found, reason: .externalID)
        }
        if let email = buyer.fields.email, let found = try match(email, buyer.fields) {
            return Match(customer: found, reason: .email)
        }
        if shop.policies.matchesPhone, let key = buyer.fields.phoneKey,
            let found = try match(phoneKey: key, buyer.fields)
        {
            return Match(customer: found, reason: .phone)
        }
        return Match(customer: nil, reason: .none)
    }

    private func match(_ email: EmailAddress, _ fields: CustomerFields) throws -> CustomerID? {
        let found = try reader.customers(email: email)
        guard shop.policies.sharesEmail, fields.fullName != nil else { return found.first }
        return try found.first { try reader.customer($0).fields.nameKey == fields.nameKey }
    }

    /// A number finds somebody only without doubt: one customer has it, or one of several has the buyer's name; and the
    /// e-mail addresses do not differ.
    private func match(phoneKey: String, _ fields: CustomerFields) throws -> CustomerID? {
        let found = try reader.customers(phoneKey: phoneKey).map { try reader.customer($0) }
        guard found.count < CustomerReader.phoneLimit else { return nil }
        let possible = found.filter { customer in
            guard let email = fields.email, let known = customer.fields.email else { return true }
            return known.key == email.key
        }
        guard found.count > 1 else { return possible.first?.id }
        guard fields.fullName != nil else { return nil }
        let namesakes = possible.filter { $0.fields.nameKey == fields.nameKey }
        return namesakes.count == 1 ? namesakes[0].id : nil
    }
}
