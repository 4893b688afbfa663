/// What became of some rows.
public struct ImportOutcome: Sendable, Equatable {
    public var counts = ImportCounts()
    /// What is to be said of them, in the order of the rows.
    public var remarks: [ImportRemark] = []

    public init() {}

    /// Counts a row that changes nothing, and says so when an earlier one was about the same customer.
    mutating func leaveUnchanged(_ row: ImportedCustomer) {
        counts.unchanged += 1
        guard let earlier = row.earlierRow else { return }
        remarks.append(ImportRemark(row: row.row, column: nil, reason: .repeats(row: earlier)))
    }
}
