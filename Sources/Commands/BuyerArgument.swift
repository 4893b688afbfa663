internal import Registry
internal import StrictJSON

/// Reads `customer={…}`: the fields of a person, the channel's own id and an address.
enum BuyerArgument {
    /// - Throws: ``CommandError``, ``CustomerError/badField(_:_:)``.
    static func description(_ json: JSON, country: Country) throws -> BuyerDescription {
        var fields = CustomerFields()
        var ext: String?
        for member in json.objectValue ?? [] where member.value != .null {
            switch member.name {
            case "ext":
                ext = try text(member)
            case "address":
                guard let address = member.value.objectValue else {
                    throw CommandError.badValue("customer.address", "an object is needed")
                }
                if fields.country == nil, let code = address.first(where: { $0.name == "country" })?.value.stringValue {
                    // An address in a country that is not known is kept as it is written.
                    fields.country = try? Country(code)
                }
            default:
                guard let field = CustomerField(rawValue: member.name), field != .custom, field != .taxExempt else {
                    throw CommandError.badValue("customer.\(member.name)", "an order knows no such field of a customer")
                }
                try fields.set(field, to: try text(member), country: country)
            }
        }
        if let ext, ext.isEmpty { throw CommandError.badValue("customer.ext", "it cannot be empty") }
        let snapshot = json.canonical
        let content = snapshot.objectValue?.map { member in
            guard member.name == "email", let email = fields.email else { return member }
            return JSON.Member(name: "email", value: .string(email.key))
        }
        return BuyerDescription(
            fields: fields, ext: ext, snapshot: JSONFragment(of: snapshot),
            content: JSONFragment(of: .object(content ?? [])))
    }

    private static func text(_ member: JSON.Member) throws -> String {
        switch member.value {
        case .string(let text), .number(let text): return text
        case .null, .bool, .array, .object: throw CommandError.badValue("customer.\(member.name)", "text is needed")
        }
    }
}
