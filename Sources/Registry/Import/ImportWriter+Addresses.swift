internal import Storage

extension ImportWriter {
    /// Puts an address into the customer's book, once; an incomplete one is left out with a remark.
    ///
    /// It becomes a default only where there is none.
    func attach(
        _ address: ImportedAddress, of row: ImportedCustomer, to id: CustomerID, _ outcome: inout ImportOutcome
    ) throws -> [Change] {
        var reason: ImportReason
        do {
            var fields = try fields(of: address)
            return try add(&fields, address.purpose, to: id)
        } catch AddressError.incomplete(let missing) {
            reason = .incompleteAddress(missing.map(\.rawValue))
        } catch let error as AddressError {
            reason = .badAddress(error)
        }
        outcome.remarks.append(ImportRemark(row: row.row, column: nil, reason: reason))
        return []
    }

    private func fields(of address: ImportedAddress) throws -> AddressFields {
        var fields = AddressFields()
        try fields.set(.title, to: address.title)
        try fields.set(.name, to: address.name)
        try fields.set(.company, to: address.company)
        try fields.set(.line1, to: address.line1)
        try fields.set(.line2, to: address.line2)
        try fields.set(.postcode, to: address.postcode)
        try fields.set(.city, to: address.city)
        try fields.set(.region, to: address.region)
        try fields.set(.country, to: address.country?.code)
        try fields.set(.phone, to: address.phone)
        return fields
    }

    private func add(_ fields: inout AddressFields, _ purpose: ImportedAddress.Purpose?, to id: CustomerID) throws
        -> [Change]
    {
        let book = try AddressReader(transaction.reading).addresses(of: id)
        let isShipping = purpose == .shipping && !book.contains(where: \.isShipping)
        let isBilling = purpose == .billing && !book.contains(where: \.isBilling)
        let title = fields.title.map(AddressWriter.titleKey)
        if book.contains(where: { AddressWriter.titleKey($0.fields.title ?? "") == title }) { fields.title = nil }
        let (entered, isExisting) = try AddressWriter(transaction, occasion).add(
            fields, to: id, source: Self.source, isShipping: isShipping, isBilling: isBilling)
        return isExisting
            ? [] : [Change(part: "address:\(entered.id.rawValue)", before: nil, after: String(entered.id.rawValue))]
    }
}
