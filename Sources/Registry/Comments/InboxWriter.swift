public import Storage

/// Marks what has been read.
public struct InboxWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Marks an entry as read; one that is stays as it is.
    ///
    /// - Throws: ``CommentError/noEntry``, ``CommentError/notYours`` unless the operator does it, or whose entry it is.
    public func read(_ id: Int64) throws -> InboxEntry {
        let entry = try InboxReader(transaction.reading).entry(id)
        if occasion.actor != .operator {
            let member = try StaffReader(transaction.reading).member(acting: occasion.actor)
            guard member?.id == entry.staff else { throw CommentError.notYours }
        }
        try transaction.execute(
            "UPDATE inbox_entry SET read_at = ? WHERE id = ? AND read_at IS NULL", .integer(occasion.at.seconds),
            .integer(id))
        return try InboxReader(transaction.reading).entry(id)
    }
}
