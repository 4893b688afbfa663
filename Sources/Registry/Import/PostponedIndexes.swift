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

    /// Makes the index of names, where it is missing.
    public func restoreNames() throws {
        try transaction.execute(
            "CREATE INDEX IF NOT EXISTS customer_by_name ON customer (name_key, number)")
    }

    /// Makes the index of telephone numbers, where it is missing.
    public func restorePhones() throws {
        try transaction.execute(
            "CREATE INDEX IF NOT EXISTS customer_by_phone ON customer (phone_key) WHERE phone_key IS NOT NULL")
    }
}
