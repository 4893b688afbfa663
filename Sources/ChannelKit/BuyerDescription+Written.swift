extension BuyerDescription {
    /// Reads `{email, name, phone, ext, address, …}`: the fields of a person, the channel's own id and an address.
    ///
    /// - Parameters:
    ///   - json: An object; what is null in it is not said.
    ///   - country: Where telephone numbers without a country are meant.
    /// - Throws: ``ChannelRefusal``, ``CustomerError/badField(_:_:)``.
    public init(written json: JSON, country: Country) throws {
        var fields = CustomerFields()
        var ext: String?
        for member in json.objectValue ?? [] where member.value != .null {
            switch member.name {
            case "ext":
                ext = try Self.text(member)
            case "address":
                guard member.value.objectValue != nil || member.value.integerValue != nil else {
                    throw ChannelRefusal.badValue("customer.address", "an object is needed, or an address of the book")
                }
                if fields.country == nil, let code = member.value["country"]?.stringValue {
                    // An address in a country that is not known is kept as it is written.
                    fields.country = try? Country(code)
                }
            default:
                guard let field = CustomerField(rawValue: member.name), field != .custom, field != .taxExempt else {
                    throw ChannelRefusal.badValue(
                        "customer.\(member.name)", "an order knows no such field of a customer")
                }
                try fields.set(field, to: try Self.text(member), country: country)
            }
        }
        if let ext, ext.isEmpty { throw ChannelRefusal.badValue("customer.ext", "it cannot be empty") }
        let snapshot = json.canonical
        let content = snapshot.objectValue?.map { member in
            guard member.name == "email", let email = fields.email else { return member }
            return JSON.Member(name: "email", value: .string(email.key))
        }
        self.init(
            fields: fields, ext: ext, snapshot: JSONFragment(of: snapshot),
            content: JSONFragment(of: .object(content ?? [])))
    }

    private static func text(_ member: JSON.Member) throws -> String {
        switch member.value {
        case .string(let text), .number(let text): return text
        case .null, .bool, .array, .object:
            throw ChannelRefusal.badValue("customer.\(member.name)", "text is needed")
        }
    }
}

extension Details {
    /// A buyer: an id, or an object that describes somebody; anonymous when it is absent.
    ///
    /// - Throws: ``ChannelRefusal``, ``CustomerError/badField(_:_:)``.
    public func buyer(_ name: String, in shop: Shop) throws -> Buyer {
        switch json[name] {
        case nil, .null: return .anonymous
        case .some(let value):
            if let id = value.integerValue { return .customer(CustomerID(rawValue: id)) }
            guard value.objectValue != nil else { throw bad(name, "an id or an object is needed here") }
            return .described(try BuyerDescription(written: value, country: shop.country))
        }
    }
}
