public import Storage

/// The changes that a tenant's ledger does not have yet, in the tenant's file: most of them are entered by the file itself.
public struct LedgerNews {
    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// Drops what the ledger has.
    ///
    /// - Throws: `StorageError`.
    public func drop(upTo version: Int64) throws {
        try transaction.execute("DELETE FROM ledger_news WHERE version <= ?", .integer(version))
    }

    /// Enters that a contact is denied, or allowed again, under its keyed hash: nothing else of it may outlive an erasure.
    func enter(contact hash: [UInt8], isDenied: Bool) throws {
        try transaction.execute("UPDATE sequence SET value = value + 1 WHERE name = 'ledger'")
        try transaction.execute(
            """
            INSERT INTO ledger_news (version, kind, id, hash, word)
            SELECT value, 'contact', 0, ?, ? FROM sequence WHERE name = 'ledger'
            """, .blob(hash), .text(isDenied ? "denied" : "allowed"))
    }
}
