public import Storage
internal import StrictJSON

/// Writes the notes of staff.
public struct NoteWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Adds a note; its text is kept as it is.
    ///
    /// - Throws: ``NoteError/blank``, ``CustomerError/notFound``.
    public func add(_ text: String, to customer: CustomerID) throws -> Note {
        guard !text.isEmpty else { throw NoteError.blank }
        guard try CustomerReader(transaction.reading).status(of: customer) != .erased else {
            throw CustomerError.erased
        }
        let author = occasion.actor.description
        let id = try transaction.insert(
            "INSERT INTO note (id, customer_id, author, at, text) VALUES (?, ?, ?, ?, ?)",
            .integer(try Numbering.note.next(in: transaction)), .integer(customer.rawValue), .text(author),
            .integer(occasion.at.seconds), .text(text))
        // The text stays out of the timeline: entries are also read by others than staff.
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.noteAdded, customer: customer) {
            $0.member("note", id)
        }
        return Note(id: id, customer: customer, author: author, at: occasion.at, text: text)
    }
}
