public import Storage

/// Looks whether the feed of events is whole: numbered from 1 without gaps, and nobody told of more than there is.
public struct EventCheck {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// What is wrong, a sentence each.
    ///
    /// - Throws: `StorageError`.
    public func problems() throws -> [String] {
        let (count, first, last) =
            try transaction.first("SELECT count(*), min(seq), max(seq) FROM timeline") { row in
                (row.integer(0), row.integer(1), row.integer(2))
            } ?? (0, 0, 0)
        var problems: [String] = []
        if count > 0, first != 1 { problems.append("the first event is number \(first)") }
        if count > 0, last - first + 1 != count {
            problems.append("\(last - first + 1 - count) events between number \(first) and \(last) are missing")
        }
        problems += try transaction.all(
            "SELECT channel, seq FROM delivery WHERE seq > ? ORDER BY channel", .integer(last)
        ) { "\($0.text(0)) has been told up to event \($0.integer(1)) of \(last)" }
        return problems
    }
}
