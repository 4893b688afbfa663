public import Storage

/// The indexes of customers that a big import does without until its end: sorting all names and telephone numbers then
/// costs a fifth of entering each where it belongs.
///
/// Meanwhile lists by name and look-ups by telephone number look at every customer.
public struct PostponedIndexes {
    private let transaction: WriteTransaction

    /// Fewer rows than this are entered soon enough.
    static let worthwhile = 50_000

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Drops them for an import of about so many rows, where there are fewer customers yet.
    ///
    /// Telephone numbers stay indexed where rows may have to be matched by them.
    func postpone(for rows: Int, _ policies: Policies) throws {
        let customers = try transaction.reading.first("SELECT value FROM sequence WHERE name = 'customer'") {
            $0.integer(0)
        }
        guard rows >= Self.worthwhile, Int64(rows) >= customers ?? 0 else { return }
        try transaction.execute("DROP INDEX IF EXISTS customer_by_name")
        guard try !policies.matchesPhone || !policies.sharesEmail && !hasPeopleWithoutEmail() else { return }
        try transaction.execute("DROP INDEX IF EXISTS customer_by_phone")
    }

    /// Whether a telephone number can be all that is known of somebody.
    func hasPeopleWithoutEmail() throws -> Bool {
        try transaction.reading.exists(
            "SELECT 1 FROM customer WHERE email_key IS NULL AND phone_key IS NOT NULL LIMIT 1")
    }

    /// Whether an index is there.
    func has(_ index: PostponedIndex) throws -> Bool {
        let name =
            switch index {
            case .names: "customer_by_name"
            case .phones: "customer_by_phone"
            }
        return try transaction.reading.exists(
            "SELECT 1 FROM sqlite_schema WHERE type = 'index' AND name = ?", .text(name))
    }

    /// Makes an index, where it is missing, at once; ``IndexRebuilding`` lets others come in between.
    public func restore(_ index: PostponedIndex) throws {
        guard try !has(index) else { return }
        try IndexRebuilding(index, transaction).forget()
        switch index {
        case .names:
            try transaction.execute(
                "CREATE INDEX IF NOT EXISTS customer_by_name ON customer (name_key, number)")
        case .phones:
            try transaction.execute(
                "CREATE INDEX IF NOT EXISTS customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL")
        }
    }

    /// Makes all that are missing, at once.
    public func restoreAll() throws {
        for index in PostponedIndex.allCases { try restore(index) }
    }
}
