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
                guard member.value.objectValue != nil || member.value.integerValue != nil else {
                    throw CommandError.badValue("customer.address", "an object is needed, or an address of the book")
                }
                if fields.country == nil, let code = member.value["country"]?.stringValue {
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

    /// The address among what is said of a buyer; nil where there is none, or none that a book could hold.
    static func address(_ json: JSON?) -> OrderAddress? {
        guard let address = json?["address"] else { return nil }
        if let id = address.integerValue { return OrderAddress(.contact, .book(AddressID(rawValue: id))) }
        // A buyer's country is that of the address too.
        let country = json?["country"]?.stringValue.flatMap { try? Country($0) }
        return AddressFields(written: address, country: country).map { OrderAddress(.contact, .written($0)) }
    }

    private static func text(_ member: JSON.Member) throws -> String {
        switch member.value {
        case .string(let text), .number(let text): return text
        case .null, .bool, .array, .object: throw CommandError.badValue("customer.\(member.name)", "text is needed")
        }
    }
}
