internal import Registry
internal import StrictJSON

/// Reads the address of `customer={…}`.
enum BuyerArgument {
    /// The address among what is said of a buyer; nil where there is none, or none that a book could hold.
    static func address(_ json: JSON?) -> OrderAddress? {
        guard let address = json?["address"] else { return nil }
        if let id = address.integerValue { return OrderAddress(.contact, .book(AddressID(rawValue: id))) }
        // A buyer's country is that of the address too.
        let country = json?["country"]?.stringValue.flatMap { try? Country($0) }
        return AddressFields(written: address, country: country).map { OrderAddress(.contact, .written($0)) }
    }
}
