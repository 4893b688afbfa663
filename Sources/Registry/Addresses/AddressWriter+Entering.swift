internal import Storage
internal import StrictJSON

extension AddressWriter {
    /// Keeps an address that an order brings, once and without changing what is there.
    ///
    /// One that is incomplete, or does not fit into the book any more, stays with the order alone. `name` is what the
    /// order calls the customer.
    func enter(_ fields: AddressFields, for customer: CustomerID, called name: String?, source: String) throws {
        var fields = fields
        fields.country = fields.country ?? occasion.shop.country
        guard fields.missing.isEmpty else { return }
        let digest = fields.digest(of: name)
        guard try reader.address(of: customer, digest: digest) == nil,
            try reader.count(of: customer) < Self.limit
        else { return }
        if let title = fields.title, try reader.address(of: customer, titleKey: Self.titleKey(title)) != nil {
            fields.title = nil
        }
        _ = try insert(fields, digest, of: customer, source: source)
    }

    /// - Throws: ``AddressError/tooMany(limit:)``.
    func insert(_ fields: AddressFields, _ digest: [UInt8], of customer: CustomerID, source: String) throws
        -> AddressID
    {
        guard try reader.count(of: customer) < Self.limit else { throw AddressError.tooMany(limit: Self.limit) }
        let title = try fields.title ?? freeTitle(for: fields, of: customer)
        let id = AddressID(
            rawValue: try transaction.insert(
                """
                INSERT INTO address (id, customer_id, rev, title, title_key, name, company, line1, line2, postcode, city,
                    region, country, phone, is_shipping, is_billing, source, content_digest)
                VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0, ?, ?)
                """,
                .integer(try Numbering.address.next(in: transaction)), .integer(customer.rawValue), .text(title),
                .text(Self.titleKey(title)),
                .text(orNull: fields.name),
                .text(orNull: fields.company), .text(orNull: fields.line1), .text(orNull: fields.line2),
                .text(orNull: fields.postcode), .text(orNull: fields.city), .text(orNull: fields.region),
                .text(orNull: fields.country?.code), .text(orNull: fields.phone), .text(source), .blob(digest)))
        try tell(.addressAdded, id, of: customer)
        return id
    }

    /// Titles are told apart by this; one of invisible characters alone by itself.
    static func titleKey(_ title: String) -> String {
        let key = Folding.folded(title)
        return key.isEmpty ? title : key
    }

    /// Only the id: entries are also read by others than staff.
    func tell(_ topic: Topic, _ id: AddressID, of customer: CustomerID) throws {
        try TimelineWriter(transaction: transaction, occasion: occasion).append(topic, customer: customer) {
            $0.member("address", id.rawValue)
        }
    }

    /// A title that no address of the customer has: the place, with a number if need be.
    private func freeTitle(for fields: AddressFields, of customer: CustomerID) throws -> String {
        let place = fields.city ?? fields.region ?? fields.line1 ?? ""
        var title = place
        var number = 1
        while try reader.address(of: customer, titleKey: Self.titleKey(title)) != nil {
            number += 1
            title = "\(place) \(number)"
        }
        return title
    }
}
