public import Storage
internal import StrictJSON

/// Writes to customers, and takes down what they answer.
public struct ThreadWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: ThreadReader
    let timeline: TimelineWriter
    /// The most bytes kept of what was newly written, and of everything.
    static let textLimit = 64 << 10
    static let fullTextLimit = 256 << 10
    /// So many messages wait at most for somebody to say whose they are; the oldest go first.
    static let unassignedLimit: Int64 = 1_000

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = ThreadReader(transaction.reading)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Writes to a customer; the mail is queued.
    ///
    /// - Parameters:
    ///   - text: What to say; for the customer's eyes.
    ///   - customer: Who is written to.
    ///   - subject: Nil to go on with the conversation's.
    ///   - thread: The conversation it belongs to; nil to begin one.
    /// - Returns: The message, on its way.
    /// - Throws: ``MessageError/noAddress``, ``MessageError/noThread``, ``MessageError/badSubject``,
    ///   ``MessageError/blank``, ``CustomerError/notFound``, ``CustomerError/erased``.
    public func send(
        _ text: String, to customer: CustomerID, subject: String?, in thread: ThreadID?
    ) throws -> Message {
        let record = try CustomerReader(transaction.reading).customer(customer)
        guard record.status != .erased else { throw CustomerError.erased }
        guard let address = record.fields.email else { throw MessageError.noAddress }
        let known = try thread.map(reader.thread)
        guard known == nil || known?.customer == customer else { throw MessageError.noThread }
        guard let subject = subject ?? known?.subject else { throw MessageError.badSubject }
        let thread = try known?.id ?? open(customer, subject: subject)
        var mail = OutgoingMail(.message, to: address, of: customer, subject: subject, text: text)
        mail.thread = try token(of: thread)
        mail.references = try reader.messageIDs(in: thread)
        let sent = try OutboxWriter(transaction, occasion).queue(mail)
        let id = try transaction.insert(
            """
            INSERT INTO message (id, thread_id, customer_id, is_incoming, at, author, subject, text, is_read, mail_id)
            VALUES (?, ?, ?, 0, ?, ?, ?, ?, 1, ?)
            """,
            .integer(try Numbering.message.next(in: transaction)), .integer(thread.rawValue),
            .integer(customer.rawValue), .integer(occasion.at.seconds),
            .text(occasion.actor.description), .text(subject), .text(text), .integer(sent.rawValue))
        try touch(thread, unread: 0)
        // What was written stays out of the timeline: entries are also read by others than staff.
        try timeline.append(.messageSent, customer: customer) { writer in
            writer.member("thread", thread.rawValue)
            writer.member("message", id)
            writer.member("mail", sent.rawValue)
        }
        return try reader.message(MessageID(rawValue: id))
    }

    /// Notes that everything in a conversation has been read.
    ///
    /// - Throws: ``MessageError/noThread``.
    public func read(_ id: ThreadID) throws -> MessageThread {
        _ = try reader.thread(id)
        try transaction.execute(
            "UPDATE message SET is_read = 1 WHERE thread_id = ? AND is_read = 0", .integer(id.rawValue))
        try transaction.execute("UPDATE thread SET unread = 0 WHERE id = ?", .integer(id.rawValue))
        return try reader.thread(id)
    }

    /// Says whose message it is that nobody knew: it goes into that customer's conversation, or opens one.
    ///
    /// - Throws: ``MessageError/noMessage``, ``MessageError/noThread``, ``CustomerError/notFound``,
    ///   ``CustomerError/erased``.
    public func assign(_ id: MessageID, to customer: CustomerID, in thread: ThreadID?) throws -> Message {
        let message = try reader.message(id)
        guard message.thread == nil else { throw MessageError.noMessage }
        let record = try CustomerReader(transaction.reading).customer(customer)
        guard record.status != .erased else { throw CustomerError.erased }
        let known = try thread.map(reader.thread)
        guard known == nil || known?.customer == customer else { throw MessageError.noThread }
        let thread = try known?.id ?? open(customer, subject: message.subject)
        // What cannot be read as an address is surely not the customer's.
        let sender = message.sender.flatMap { try? EmailAddress(parsing: $0) }
        try transaction.execute(
            "UPDATE message SET thread_id = ?, customer_id = ?, is_from_other = ? WHERE id = ?",
            .integer(thread.rawValue), .integer(customer.rawValue), .flag(sender?.key != record.fields.email?.key),
            .integer(id.rawValue))
        try touch(thread, unread: message.isRead ? 0 : 1)
        try received(id, thread, customer)
        return try reader.message(id)
    }

    /// Forgets a message of which nobody knows whose it is.
    ///
    /// - Throws: ``MessageError/noMessage``.
    public func discard(_ id: MessageID) throws {
        let change = try transaction.change(
            "DELETE FROM message WHERE id = ? AND thread_id IS NULL", .integer(id.rawValue))
        guard change > 0 else { throw MessageError.noMessage }
    }

    func open(_ customer: CustomerID, subject: String) throws -> ThreadID {
        ThreadID(
            rawValue: try transaction.insert(
                "INSERT INTO thread (id, customer_id, subject, token, started_at, last_at) VALUES (?, ?, ?, ?, ?, ?)",
                .integer(try Numbering.thread.next(in: transaction)), .integer(customer.rawValue), .text(subject),
                .text(Hexadecimal.random(bytes: 16)),
                .integer(occasion.at.seconds), .integer(occasion.at.seconds)))
    }

    func touch(_ thread: ThreadID, unread: Int64) throws {
        try transaction.execute(
            "UPDATE thread SET last_at = max(last_at, ?), unread = unread + ? WHERE id = ?",
            .integer(occasion.at.seconds), .integer(unread), .integer(thread.rawValue))
    }

    func received(_ id: MessageID, _ thread: ThreadID, _ customer: CustomerID) throws {
        try timeline.append(.messageReceived, customer: customer) { writer in
            writer.member("thread", thread.rawValue)
            writer.member("message", id.rawValue)
        }
    }

    private func token(of thread: ThreadID) throws -> String? {
        try transaction.reading.first("SELECT token FROM thread WHERE id = ?", .integer(thread.rawValue)) { $0.text(0) }
    }
}
