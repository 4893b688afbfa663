public import Storage
internal import StrictJSON

/// Keeps address books.
public struct AddressWriter {
    /// The most addresses of a customer.
    public static let limit = 200

    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: AddressReader

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = AddressReader(transaction.reading)
    }

    /// Puts an address into a customer's book; one that is there already stays as it is.
    ///
    /// Without a country it is in the shop's, and without a title it gets one. With `isShipping` or `isBilling` it takes
    /// the place of the customer's default.
    ///
    /// - Returns: The address, and whether the book had an equal one.
    /// - Throws: ``AddressError``, ``CustomerError/notFound``, ``CustomerError/erased``.
    public func add(
        _ fields: AddressFields, to customer: CustomerID, source: String, isShipping: Bool = false,
        isBilling: Bool = false
    ) throws -> (address: Address, isExisting: Bool) {
        let owner = try owner(customer)
        var fields = fields
        fields.country = fields.country ?? occasion.shop.country
        guard fields.missing.isEmpty else { throw AddressError.incomplete(missing: fields.missing) }
        let digest = fields.digest(of: owner.fullName)
        let existing = try reader.address(of: customer, digest: digest)
        if existing == nil, let title = fields.title { try refuseTaken(title, of: customer, but: nil) }
        let id = try existing ?? insert(fields, digest, of: customer, source: source)
        try makeDefault(id, of: customer, isShipping: isShipping ? true : nil, isBilling: isBilling ? true : nil)
        if existing != nil, isShipping || isBilling {
            try transaction.execute("UPDATE address SET rev = rev + 1 WHERE id = ?", .integer(id.rawValue))
            try tell(.addressUpdated, id, of: customer)
        }
        if existing == nil || isShipping || isBilling { try grow(customer) }
        return (try reader.address(id), existing != nil)
    }

    /// Changes an address; a flag that is nil stays as it is.
    ///
    /// `revision` is the one of the address that the caller has seen; nil overwrites whatever there is.
    ///
    /// - Throws: ``AddressError``, ``CustomerError/erased``.
    public func update(
        _ id: AddressID, ifRevision revision: Int64?, isShipping: Bool? = nil, isBilling: Bool? = nil,
        _ change: (inout AddressFields) throws -> Void
    ) throws -> Address {
        let address = try checked(id, revision)
        let owner = try owner(address.customer)
        var fields = address.fields
        try change(&fields)
        fields.title = fields.title ?? address.fields.title
        guard fields.missing.isEmpty else { throw AddressError.incomplete(missing: fields.missing) }
        let digest = fields.digest(of: owner.fullName)
        if let equal = try reader.address(of: address.customer, digest: digest), equal != id {
            throw AddressError.exists(equal)
        }
        if let title = fields.title { try refuseTaken(title, of: address.customer, but: id) }
        try transaction.execute(
            """
            UPDATE address SET rev = rev + 1, title = ?, title_key = ?, name = ?, company = ?, line1 = ?, line2 = ?,
                postcode = ?, city = ?, region = ?, country = ?, phone = ?, content_digest = ?
            WHERE id = ?
            """,
            .text(fields.title ?? ""), .text(Self.titleKey(fields.title ?? "")), .text(orNull: fields.name),
            .text(orNull: fields.company), .text(orNull: fields.line1), .text(orNull: fields.line2),
            .text(orNull: fields.postcode), .text(orNull: fields.city), .text(orNull: fields.region),
            .text(orNull: fields.country?.code), .text(orNull: fields.phone), .blob(digest), .integer(id.rawValue))
        try makeDefault(id, of: address.customer, isShipping: isShipping, isBilling: isBilling)
        try grow(address.customer)
        try tell(.addressUpdated, id, of: address.customer)
        return try reader.address(id)
    }

    /// Takes an address out of its book; orders keep their copies.
    ///
    /// - Throws: ``AddressError/notFound``, ``AddressError/staleRevision(current:)``.
    public func remove(_ id: AddressID, ifRevision revision: Int64?) throws -> Address {
        let address = try checked(id, revision)
        try transaction.execute("DELETE FROM address WHERE id = ?", .integer(id.rawValue))
        try grow(address.customer)
        try tell(.addressRemoved, id, of: address.customer)
        return address
    }

    private func checked(_ id: AddressID, _ revision: Int64?) throws -> Address {
        let address = try reader.address(id)
        if let revision, revision != address.rev { throw AddressError.staleRevision(current: address.rev) }
        return address
    }

    private func owner(_ customer: CustomerID) throws -> CustomerFields {
        let owner = try CustomerReader(transaction.reading).customer(customer)
        guard owner.status != .erased else { throw CustomerError.erased }
        return owner.fields
    }

    private func refuseTaken(_ title: String, of customer: CustomerID, but id: AddressID?) throws {
        let taken = try reader.address(of: customer, titleKey: Self.titleKey(title))
        if let taken, taken != id { throw AddressError.titleTaken(by: taken) }
    }

    /// Makes the address the default, or no longer; the one before steps back.
    private func makeDefault(_ id: AddressID, of customer: CustomerID, isShipping: Bool?, isBilling: Bool?) throws {
        if let isShipping {
            if isShipping {
                try transaction.execute(
                    "UPDATE address SET is_shipping = 0, rev = rev + 1 WHERE customer_id = ? AND is_shipping = 1 AND id <> ?",
                    .integer(customer.rawValue), .integer(id.rawValue))
            }
            try transaction.execute(
                "UPDATE address SET is_shipping = ? WHERE id = ?", .flag(isShipping), .integer(id.rawValue))
        }
        if let isBilling {
            if isBilling {
                try transaction.execute(
                    "UPDATE address SET is_billing = 0, rev = rev + 1 WHERE customer_id = ? AND is_billing = 1 AND id <> ?",
                    .integer(customer.rawValue), .integer(id.rawValue))
            }
            try transaction.execute(
                "UPDATE address SET is_billing = ? WHERE id = ?", .flag(isBilling), .integer(id.rawValue))
        }
    }

    private func grow(_ customer: CustomerID) throws {
        try transaction.execute("UPDATE customer SET rev = rev + 1 WHERE id = ?", .integer(customer.rawValue))
    }
}
