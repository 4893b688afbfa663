internal import Storage

/// What a room keeps of customers, told in one place: merging, un-merging and purging go through these.
///
/// Every column that refers to a customer belongs to exactly one part; a test compares them with the schema.
struct CustomerPart: Sendable {
    /// The word a preview uses, such as "notes"; also what the record of a merge calls the rows.
    let name: String
    /// The columns that refer to a customer, such as "note.customer_id".
    let columns: [String]
    /// Counts what hangs on the one customer it binds; nil for what people do not count.
    var count: StaticString?
    /// Takes what hangs on one customer over to another, and notes in `customer_merge_row` what is needed to undo it.
    var merge: [MergeStatement] = []
    /// Gives back what the merge took, as far as it is still where the merge put it.
    var unmerge: [MergeStatement] = []
    /// Deletes what hangs on the one customer each binds.
    var purge: [StaticString] = []
    /// Takes out what tells who the one customer is that each binds; nil where all that ``purge`` deletes goes.
    var erase: [StaticString]?
}

/// A statement of a merge and what it binds, in its order.
struct MergeStatement: Sendable {
    /// What a statement needs to know.
    enum Binding: Sendable {
        /// The one that is merged away; it also names the merge in `customer_merge_row`.
        case from
        /// The one that stays.
        case into
        /// Whether a policy of the shop holds.
        case policy(@Sendable (Policies) -> Bool)
    }

    private let sql: StaticString
    private let bindings: [Binding]

    init(_ sql: StaticString, _ bindings: Binding...) {
        self.sql = sql
        self.bindings = bindings
    }

    func run(_ transaction: WriteTransaction, _ policies: Policies, from: CustomerID, into: CustomerID) throws {
        let values = bindings.map { binding -> Value in
            switch binding {
            case .from: .integer(from.rawValue)
            case .into: .integer(into.rawValue)
            case .policy(let holds): .flag(holds(policies))
            }
        }
        try transaction.execute(sql, with: values)
    }
}
