internal import Transfer

/// How many values the columns of a table would leave behind.
struct Leftovers {
    /// By the index of the column.
    private(set) var counts: [Int: Int] = [:]
    private let columns: [Int]

    init(_ plan: ImportPlan) {
        columns = plan.columns.filter { $0.field == nil || $0.field == .nothing }.map(\.index)
    }

    mutating func count(_ record: CSVRecord) {
        for column in columns where !record.isEmpty(column) { counts[column, default: 0] += 1 }
    }
}
