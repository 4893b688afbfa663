public import Storage
internal import StrictJSON

/// Makes and changes customers.
public struct CustomerWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: CustomerReader
    let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = CustomerReader(transaction.reading)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Enters a customer by hand; who has a denied contact is denied from the start.
    ///
    /// `source` is a channel's id, or "staff"; a test customer is kept apart from real ones; with `isKnownByExt` a channel
    /// has an id for the customer, and nothing else need be known.
    ///
    /// - Throws: ``CustomerError/incomplete(missing:)``, ``CustomerError/emailTaken(by:)``, ``FieldError``,
    ///   ``LimitError/customers(limit:)``.
    public func create(
        _ fields: CustomerFields, source: String, account: AccountState = .none, isTest: Bool = false,
        isKnownByExt: Bool = false
    ) throws -> CustomerID {
        let missing = fields.missing(occasion.shop.policies.requiredFields)
        guard missing.isEmpty else { throw CustomerError.incomplete(missing: missing) }
        var fields = fields
        if !fields.custom.isEmpty { fields.custom = try FieldReader(transaction.reading).checked(fields.custom) }
        let reasons = try DenialReader(transaction.reading).reasons(against: fields)
        let id = try enter(
            fields, source: source, account: account, isTest: isTest, isKnownByExt: isKnownByExt)
        if let reasons { try deny(id, reasons) }
        return id
    }

    /// Enters a customer who may order.
    ///
    /// With `isKnownByExt` a channel has an id for the customer, and nothing else need be known.
    ///
    /// - Throws: ``CustomerError/incomplete(missing:)``, ``CustomerError/emailTaken(by:)``.
    func enter(
        _ fields: CustomerFields, source: String, account: AccountState, isTest: Bool, isKnownByExt: Bool = false
    ) throws -> CustomerID {
        guard !fields.isAnonymous || isKnownByExt else {
            throw CustomerError.incomplete(missing: ["name", "email", "phone"])
        }
        let seat = try fields.email.map { try freeSeat(at: $0, for: nil, fields) } ?? 0
        // In two steps: for a RETURNING clause SQLite makes a temporary table each time.
        try transaction.execute("UPDATE sequence SET value = value + 1 WHERE name = 'customer'")
        let number =
            try transaction.reading.first("SELECT value FROM sequence WHERE name = 'customer'") { $0.integer(0) } ?? 0
        try LimitedRows.customers.admit(number, occasion.shop.policies.limits, transaction.reading)
        // The number is never given out again, so as the id it leads nobody to somebody else, whoever was removed.
        let id = CustomerID(
            rawValue: try transaction.insert(
                """
                INSERT INTO customer (id, number, rev, name, first_name, last_name, name_key, email, email_key, email_seat,
                    phone, phone_key, country, language, company, vat_id, tax_exempt, birthday, custom, account, source,
                    is_test, joined_at)
                VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(number), .integer(number), .text(orNull: fields.name), .text(orNull: fields.firstName),
                .text(orNull: fields.lastName), .text(fields.nameKey), .text(orNull: fields.email?.spelling),
                .text(orNull: fields.email?.key), .integer(seat), .text(orNull: fields.phone),
                .text(orNull: fields.phoneKey), .text(orNull: fields.country?.code), .text(orNull: fields.language),
                .text(orNull: fields.company), .text(orNull: fields.vatID), .flag(fields.taxExempt),
                .text(orNull: fields.birthday), .text(fields.customText), .text(account.rawValue), .text(source),
                .flag(isTest), .integer(occasion.at.seconds)))
        try transaction.execute(
            "INSERT INTO customer_total (customer_id, currency, net_minor) VALUES (?, ?, 0)",
            .integer(id.rawValue), .text(occasion.shop.currency.code))
        try SearchWriter(transaction).entered(id)
        try timeline.append(.customerCreated, customer: id) { $0.member("source", source) }
        if !isTest { try ConsentWriter(transaction, occasion).heed(fields, insteadOf: nil, of: id) }
        return id
    }

    /// Replaces the fields of a customer.
    ///
    /// `revision` is the one the caller has seen; nil overwrites whatever there is.
    ///
    /// - Throws: ``CustomerError/staleRevision(current:)``, ``CustomerError/emailTaken(by:)``,
    ///   ``CustomerError/incomplete(missing:)`` when a mandatory field would be taken away, ``FieldError``.
    public func update(_ id: CustomerID, ifRevision revision: Int64?, _ change: (inout CustomerFields) throws -> Void)
        throws
    {
        let customer = try reader.customer(id)
        guard customer.status != .erased else { throw CustomerError.erased }
        if let revision, revision != customer.rev { throw CustomerError.staleRevision(current: customer.rev) }
        var fields = customer.fields
        try change(&fields)
        guard fields != customer.fields else { return }
        guard !fields.isAnonymous else { throw CustomerError.incomplete(missing: ["name", "email", "phone"]) }
        // A record that came incomplete from a channel can still be changed.
        let required = occasion.shop.policies.requiredFields
        let lacking = customer.fields.missing(required)
        let missing = fields.missing(required).filter { !lacking.contains($0) }
        guard missing.isEmpty else { throw CustomerError.incomplete(missing: missing) }
        if fields.custom != customer.fields.custom {
            fields.custom = try FieldReader(transaction.reading).checked(fields.custom, former: customer.fields.custom)
        }
        try replace(customer, with: fields)
        // Whoever takes a contact that is denied is denied with it.
        guard fields.contacts != customer.fields.contacts, customer.status != .denied else { return }
        if let reasons = try DenialReader(transaction.reading).reasons(against: fields) { try deny(id, reasons) }
    }

    /// Fields as a customer enters them without proof: a telephone number that somebody else has stays as a contact, but
    /// nobody is found by it, lest the other's orders become doubtful.
    ///
    /// A number that is denied stays what it is. `id` is nil for somebody new.
    public func entered(_ fields: CustomerFields, by id: CustomerID?) throws -> CustomerFields {
        guard let key = fields.phoneKey, try reader.customers(phoneKey: key).contains(where: { $0 != id }),
            try DenialReader(transaction.reading).reasons(against: fields) == nil
        else { return fields }
        var fields = fields
        fields.phoneKey = nil
        return fields
    }

    /// Adds what an order knows and the record does not; nothing that is there changes.
    func fillBlanks(of id: CustomerID, from snapshot: CustomerFields) throws {
        let customer = try reader.customer(id)
        var fields = customer.fields
        guard fields.fillBlanks(from: snapshot) else { return }
        try replace(customer, with: fields)
    }

    /// Notes that the e-mail address has been shown to be the customer's own, until it changes.
    ///
    /// - Throws: ``CustomerError/notFound``, ``CustomerError/merged(into:)``.
    public func noteVerifiedEmail(of id: CustomerID) throws {
        _ = try reader.status(of: id)
        try transaction.execute(
            """
            UPDATE customer SET email_verified_at = ?, rev = rev + 1
            WHERE id = ? AND email IS NOT NULL AND email_verified_at IS NULL
            """, .integer(occasion.at.seconds), .integer(id.rawValue))
    }

    private func replace(_ customer: Customer, with fields: CustomerFields) throws {
        let id = customer.id
        if let email = fields.email, email.key != customer.fields.email?.key {
            // An address of somebody merged into this customer is the customer's own.
            try transaction.execute(
                "UPDATE customer SET email = NULL, email_key = NULL WHERE merged_into = ? AND email_key = ?",
                .integer(id.rawValue), .text(email.key))
        }
        let seat = try fields.email.map { try freeSeat(at: $0, for: id, fields) } ?? 0
        try transaction.execute(
            """
            UPDATE customer SET rev = rev + 1, name = ?, first_name = ?, last_name = ?, name_key = ?, email = ?,
                email_key = ?, email_seat = ?, phone = ?, phone_key = ?, country = ?, language = ?, company = ?,
                vat_id = ?, tax_exempt = ?, birthday = ?, custom = ?,
                email_verified_at = CASE WHEN email_key = ? THEN email_verified_at END
            WHERE id = ?
            """,
            .text(orNull: fields.name), .text(orNull: fields.firstName), .text(orNull: fields.lastName),
            .text(fields.nameKey), .text(orNull: fields.email?.spelling), .text(orNull: fields.email?.key),
            .integer(seat), .text(orNull: fields.phone), .text(orNull: fields.phoneKey),
            .text(orNull: fields.country?.code), .text(orNull: fields.language), .text(orNull: fields.company),
            .text(orNull: fields.vatID), .flag(fields.taxExempt), .text(orNull: fields.birthday),
            .text(fields.customText), .text(orNull: fields.email?.key), .integer(id.rawValue))
        var changed = customer
        changed.fields = fields
        try SearchWriter(transaction).replace(
            SearchTerms.terms(of: customer), with: SearchTerms.terms(of: changed),
            for: id)
        try timeline.append(.customerUpdated, customer: id) { $0.member("fields", customer.fields.changes(to: fields)) }
        if fields.contacts != customer.fields.contacts, !customer.isTest {
            try ConsentWriter(transaction, occasion).heed(fields, insteadOf: customer.fields, of: id)
        }
    }

    /// The place at an address: 0, or the next one where people may share it.
    ///
    /// - Throws: ``CustomerError/emailTaken(by:)`` when somebody is there already.
    func freeSeat(at email: EmailAddress, for id: CustomerID?, _ fields: CustomerFields) throws -> Int64 {
        let taken = try transaction.reading.all(
            "SELECT id, email_seat, name_key FROM customer WHERE email_key = ? ORDER BY email_seat", .text(email.key)
        ) { (id: CustomerID(rawValue: $0.integer(0)), seat: $0.integer(1), nameKey: $0.text(2)) }
        if let own = taken.first(where: { $0.id == id }) { return own.seat }
        guard let last = taken.last else { return 0 }
        if occasion.shop.policies.sharesEmail, !taken.contains(where: { $0.nameKey == fields.nameKey }) {
            return last.seat + 1
        }
        throw CustomerError.emailTaken(by: try reader.customers(email: email).first ?? taken[0].id)
    }
}

extension CustomerFields {
    /// What sorting and searching compare: the folded name, or the address of somebody without a name.
    var nameKey: String { Folding.folded(fullName ?? company ?? email?.spelling ?? "") }

    var customText: String { custom.isEmpty ? "{}" : JSON.object(custom).text }

    /// The names of the fields that differ.
    func changes(to other: CustomerFields) -> [String] {
        CustomerField.allCases.filter { field in
            switch field {
            case .name: name != other.name
            case .firstName: firstName != other.firstName
            case .lastName: lastName != other.lastName
            case .email: email != other.email
            case .phone: phone != other.phone
            case .country: country != other.country
            case .language: language != other.language
            case .company: company != other.company
            case .vatID: vatID != other.vatID
            case .taxExempt: taxExempt != other.taxExempt
            case .birthday: birthday != other.birthday
            case .custom: custom != other.custom
            }
        }.map(\.rawValue)
    }
}
