public import Storage

/// What the host looks at after each commit: read with one statement, since each commit waits for it.
public struct CommitState: Sendable {
    /// The newest entry of the timeline, 0 when there is none.
    public let seq: Int64
    /// As ``RestoreLedger/version(_:)``.
    public let ledger: Int64
    /// The channels that want to be woken, in the order of their ids.
    public let wakes: [ChannelWake]

    /// That of an empty file.
    public init() { (seq, ledger, wakes) = (0, 0, []) }

    /// - Throws: `StorageError`.
    public init(_ transaction: ReadTransaction) throws {
        let found = try transaction.first(
            """
            SELECT (SELECT max(seq) FROM timeline), (SELECT value FROM sequence WHERE name = 'ledger'),
                EXISTS (SELECT 1 FROM channel_wake)
            """
        ) { row in (seq: row.integerOrNil(0), ledger: row.integerOrNil(1), hasWakes: row.flag(2)) }
        seq = found?.seq ?? 0
        ledger = found?.ledger ?? 0
        wakes = found?.hasWakes == true ? try ChannelWakeReader(transaction).all() : []
    }
}
