public import Storage

/// Tells what an import would do, chunk by chunk, without doing it.
public struct ImportPreview: Sendable {
    private let shop: Shop
    private let options: ImportOptions
    /// The keys of those who would be made, as hash values: some 16 bytes a customer.
    private var entered: Set<Int> = []

    public init(_ shop: Shop, _ options: ImportOptions) {
        self.shop = shop
        self.options = options
    }

    /// Counts what would become of rows; groups, consent and passwords do not count as changes here.
    public mutating func judge(_ rows: [ImportedCustomer], _ transaction: ReadTransaction) throws -> ImportOutcome {
        let matcher = ImportMatcher(transaction, shop.policies, options)
        let reader = CustomerReader(transaction)
        var outcome = ImportOutcome()
        for row in rows {
            outcome.counts.rows += 1
            do {
                if let found = try matcher.customer(of: row) {
                    let customer = try reader.customer(found)
                    if customer.status == .erased { throw ImportReason.erased }
                    if changes(customer, row) { outcome.counts.changed += 1 } else { outcome.leaveUnchanged(row) }
                } else if entered.insert(row.identity(sharesEmail: shop.policies.sharesEmail)).inserted {
                    outcome.counts.created += 1
                } else {
                    outcome.leaveUnchanged(row)
                }
            } catch let reason as ImportReason {
                outcome.counts.skipped += 1
                outcome.remarks.append(ImportRemark(row: row.row, column: nil, reason: reason))
            }
        }
        return outcome
    }

    private func changes(_ customer: Customer, _ row: ImportedCustomer) -> Bool {
        var fields = customer.fields
        fields.take(row.fields, overwrites: options.overwrites)
        let carried = Set(customer.tags.map(Folding.folded))
        return fields != customer.fields
            || !carried.isSuperset(of: (row.tags + options.tags).map(Folding.folded))
    }
}
