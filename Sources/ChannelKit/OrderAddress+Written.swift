extension OrderAddress {
    /// The address among what is said of a buyer; nil where there is none, or none that a book could hold.
    package init?(ofBuyer json: JSON?) {
        guard let address = json?["address"] else { return nil }
        if let id = address.integerValue {
            self.init(.contact, .book(AddressID(rawValue: id)))
            return
        }
        // A buyer's country is that of the address too.
        let country = json?["country"]?.stringValue.flatMap { try? Country($0) }
        guard let fields = AddressFields(written: address, country: country) else { return nil }
        self.init(.contact, .written(fields))
    }
}
