internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// The whole of an address, and how its country prints it for a customer of this name.
    static func address(_ address: Address, customer: String?, from shop: Shop) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", address.id.rawValue)
            writer.member("customer", address.customer.rawValue)
            writer.member("rev", address.rev)
            for field in AddressField.allCases { writer.member(field.rawValue, address.fields[field]) }
            writer.member("shipping", address.isShipping)
            writer.member("billing", address.isBilling)
            writer.member("source", address.source)
            writer.member("label", AddressFormat.lines(of: address.fields, customer: customer, from: shop))
        }
    }
}
