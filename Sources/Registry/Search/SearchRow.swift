/// A gram of the search index and which customers of a run have it.
public struct SearchRow: Sendable, Equatable {
    public let gram: Int64
    /// The set of customers, as ``CustomerBits`` stores it.
    public let customers: [UInt8]

    public init(gram: Int64, customers: [UInt8]) {
        self.gram = gram
        self.customers = customers
    }

    /// The grams that a row of the table holds.
    public static func rows(stored grams: [UInt8], key: Int64) -> [SearchRow] {
        var rows: [SearchRow] = []
        GramGroup.forEach(of: grams, key: key) { gram, set in
            rows.append(SearchRow(gram: gram, customers: Array(grams[set])))
            return true
        }
        return rows
    }

    /// The keys that the table's rows of a run may have.
    public static func keys(ofRun run: Int64) -> Range<Int64> { GramGroup.keys(ofRun: run) }
}
