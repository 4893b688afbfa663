extension Details {
    /// An address: one of the customer's book by its id, or a written one; nil when it is absent or free text.
    ///
    /// - Throws: ``ChannelRefusal`` for what is neither a whole number nor an object nor text.
    public func address(_ name: String, as use: OrderAddress.Use) throws -> OrderAddress? {
        guard let value = json[name] else { return nil }
        switch value {
        case .null, .string: return nil
        case .number:
            guard let id = value.integerValue else { break }
            return OrderAddress(use, .book(AddressID(rawValue: id)))
        case .object: return AddressFields(written: value, country: nil).map { OrderAddress(use, .written($0)) }
        case .bool, .array: break
        }
        throw ChannelRefusal.badDetail(path(of: name), "an address of the book by its id, an object or text is needed")
    }
}
