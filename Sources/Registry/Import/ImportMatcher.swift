internal import Storage

/// Finds the customer that a row is about.
///
/// The keys are those by which orders find their customers, but a telephone number finds nobody of another name: a
/// table lists people, and two of them may share a telephone.
struct ImportMatcher {
    private let transaction: ReadTransaction
    private let reader: CustomerReader
    private let policies: Policies
    private let options: ImportOptions

    init(_ transaction: ReadTransaction, _ policies: Policies, _ options: ImportOptions) {
        self.transaction = transaction
        reader = CustomerReader(transaction)
        self.policies = policies
        self.options = options
    }

    /// The customer, nil when the row is about somebody new.
    ///
    /// - Throws: ``ImportReason``.
    func customer(of row: ImportedCustomer) throws -> CustomerID? {
        if let id = row.id {
            guard try transaction.exists("SELECT 1 FROM customer WHERE id = ?", .integer(id.rawValue)) else {
                throw ImportReason.noSuchCustomer
            }
            return id
        }
        if let ext = row.ext, let found = try customer(ext: ext, row) { return found }
        if let email = row.fields.email, let found = try customer(email: email, row) { return found }
        if policies.matchesPhone, let key = row.fields.phoneKey { return try customer(phoneKey: key, row) }
        // Whom nothing can find would be entered again by the next import.
        guard row.fields.email != nil || row.ext != nil else { throw ImportReason.noKey }
        return nil
    }

    /// Whether nobody has the row's telephone number, so that it cannot be about somebody known by that.
    func isPhoneNew(_ row: ImportedCustomer) throws -> Bool {
        guard policies.matchesPhone, let key = row.fields.phoneKey else { return true }
        return try !transaction.exists("SELECT 1 FROM customer WHERE phone_key = ? LIMIT 1", .text(key))
    }

    /// Whom another system's id names; without a channel that says whose id it is, the e-mail address must not differ.
    private func customer(ext: String, _ row: ImportedCustomer) throws -> CustomerID? {
        let channel = options.channel ?? ImportOptions.anyChannel
        guard let found = try reader.customer(channel: channel, ext: ext) else { return nil }
        guard options.channel == nil, let email = row.fields.email else { return found }
        let known = try reader.customer(found).fields.email
        if let known, known.key != email.key { throw ImportReason.otherEmail(found) }
        return found
    }

    private func customer(email: EmailAddress, _ row: ImportedCustomer) throws -> CustomerID? {
        let found = try reader.customers(email: email)
        guard policies.sharesEmail, row.fields.fullName != nil else { return found.first }
        return try found.first { try reader.customer($0).fields.nameKey == row.nameKey }
    }

    private func customer(phoneKey: String, _ row: ImportedCustomer) throws -> CustomerID? {
        let ids = try reader.customers(phoneKey: phoneKey)
        guard !ids.isEmpty else { return nil }
        let possible = try ids.map { try reader.customer($0) }.filter { customer in
            guard let email = row.fields.email, let known = customer.fields.email else { return true }
            return known.key == email.key
        }
        if row.fields.fullName == nil {
            guard possible.count <= 1 else { throw ImportReason.severalMatch }
            return possible.first?.id
        }
        let namesakes = possible.filter { $0.fields.fullName != nil && $0.fields.nameKey == row.nameKey }
        guard namesakes.count <= 1 else { throw ImportReason.severalMatch }
        if let namesake = namesakes.first { return namesake.id }
        return possible.count == 1 && possible[0].fields.fullName == nil ? possible[0].id : nil
    }
}
