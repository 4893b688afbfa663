public import Storage

/// Looks whether every noun still knows the highest number that was given out.
public struct NumberingCheck {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// What is wrong, a sentence each.
    ///
    /// - Throws: `StorageError`.
    public func problems() throws -> [String] {
        let known = Set(try transaction.all("SELECT name FROM sequence") { $0.text(0) })
        let names = ["customer", "ledger"] + Numbering.allCases.map(\.sequence)
        var problems = names.filter { !known.contains($0) }.map { "nothing is known of the numbers of \($0)" }
        problems += try transaction.all(
            """
            SELECT max(c.number), s.value FROM customer c JOIN sequence s ON s.name = 'customer'
            GROUP BY s.value HAVING max(c.number) > s.value
            """
        ) { "a customer has number \($0.integer(0)), the next gets \($0.integer(1) + 1)" }
        return problems
    }
}
