public import Storage

/// Tells what an import would do, chunk by chunk, without doing it.
public struct ImportPreview: Sendable {
    private let shop: Shop
    private let options: ImportOptions
    /// The keys of those who would be made, as hash values: some 16 bytes a customer.
    private var entered: Set<Int> = []
    /// Where those the table says something of would stand for a purpose, by both as a hash value: whether they object.
    private var stated: [Int: Bool] = [:]

    public init(_ shop: Shop, _ options: ImportOptions) {
        self.shop = shop
        self.options = options
    }

    /// Counts what would become of rows; groups and passwords do not count as changes here.
    public mutating func judge(_ rows: ImportRows, _ transaction: ReadTransaction) throws -> ImportOutcome {
        let matcher = ImportMatcher(transaction, shop.policies, options)
        let reader = CustomerReader(transaction)
        var outcome = ImportOutcome()
        for row in rows {
            outcome.counts.rows += 1
            do {
                let key = row.identity(sharesEmail: shop.policies.sharesEmail)
                if let found = try matcher.customer(of: row) {
                    let customer = try reader.customer(found)
                    if customer.status == .erased { throw ImportReason.erased }
                    let isStated = try state(row, key, of: found, transaction)
                    count(row, isChanging: isStated || changes(customer, row), &outcome)
                } else {
                    let isNew = entered.insert(key).inserted
                    let isStated = try state(row, key, of: nil, transaction)
                    if isNew { outcome.counts.created += 1 } else { count(row, isChanging: isStated, &outcome) }
                }
            } catch let reason as ImportReason {
                outcome.counts.skipped += 1
                outcome.remarks.append(ImportRemark(row: row.row, column: nil, reason: reason))
            }
        }
        return outcome
    }

    private func count(_ row: ImportedCustomer, isChanging: Bool, _ outcome: inout ImportOutcome) {
        if isChanging { outcome.counts.changed += 1 } else { outcome.leaveUnchanged(row) }
    }

    /// Takes down what a row says of consent, for later rows about the same customer; nil stands for one who would be made.
    ///
    /// - Returns: Whether it would change anything.
    private mutating func state(
        _ row: ImportedCustomer, _ key: Int, of customer: CustomerID?, _ transaction: ReadTransaction
    ) throws -> Bool {
        var isChanged = false
        for statement in row.consents {
            var hasher = Hasher()
            hasher.combine(key)
            hasher.combine(statement.purpose)
            let place = hasher.finalize()
            let objects = try stated[place] ?? objection(to: statement.purpose, of: customer, row, transaction)
            switch statement.consent {
            case .granted:
                guard objects == nil, shop.policies.importsConsent == .take else { continue }
                stated[place] = false
            case .pending: continue
            case .refused, .bounced:
                guard objects != true else { continue }
                stated[place] = true
            }
            isChanged = true
        }
        return isChanged
    }

    /// Whether somebody objects to a purpose, as far as the registry knows; nil when nobody asked.
    private func objection(
        to purpose: ConsentPurpose, of customer: CustomerID?, _ row: ImportedCustomer, _ transaction: ReadTransaction
    ) throws -> Bool? {
        if let customer {
            return try ConsentReader(transaction).state(of: customer, for: purpose)?.status.isObjection
        }
        guard !row.isTest else { return nil }
        let isListed = try SuppressionReader(transaction).suppressions(of: row.fields.contacts)
            .contains { $0.purpose == purpose }
        return isListed ? true : nil
    }

    private func changes(_ customer: Customer, _ row: ImportedCustomer) -> Bool {
        var fields = customer.fields
        fields.take(row.fields, overwrites: options.overwrites)
        let carried = Set(customer.tags.map(Folding.folded))
        return fields != customer.fields
            || !carried.isSuperset(of: (row.tags + options.tags).map(Folding.folded))
    }
}
