public import Storage
public import StrictJSON

/// Keeps what a channel could not be asked.
public struct ParkedInputWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Keeps an input, to be dealt with as if it came now and from the same caller.
    ///
    /// - Returns: Its number.
    public func park(_ verb: String, _ request: JSONFragment, of channel: String, reason: String) throws -> Int64 {
        try transaction.insert(
            """
            INSERT INTO parked_input (channel, verb, request, actor, at, state, reason)
            VALUES (?, ?, ?, ?, ?, 'waiting', ?)
            """, .text(channel), .text(verb), .text(request.text), .text(occasion.actor.description),
            .integer(occasion.at.seconds), .text(reason))
    }

    /// It has been carried out, in this very transaction.
    ///
    /// - Throws: ``ParkedInputError/notWaiting`` when it has been dealt with already.
    public func done(_ number: Int64) throws {
        let changed = try transaction.change(
            "UPDATE parked_input SET state = 'done', request = '{}', reason = NULL WHERE id = ? AND state = 'waiting'",
            .integer(number))
        guard changed == 1 else { throw ParkedInputError.notWaiting }
    }

    /// It was refused; it stays, so that somebody can look at it.
    ///
    /// - Throws: ``ParkedInputError/notWaiting``.
    public func reject(_ number: Int64, reason: String) throws {
        let changed = try transaction.change(
            "UPDATE parked_input SET state = 'rejected', reason = ? WHERE id = ? AND state = 'waiting'",
            .text(reason), .integer(number))
        guard changed == 1 else { throw ParkedInputError.notWaiting }
    }

    /// The channel's process ended, or ran out of time, with it in hand.
    ///
    /// - Returns: How often that has happened.
    /// - Throws: ``ParkedInputError/notWaiting``.
    public func tried(_ number: Int64) throws -> Int64 {
        let changed = try transaction.change(
            "UPDATE parked_input SET tries = tries + 1 WHERE id = ? AND state = 'waiting'", .integer(number))
        guard changed == 1 else { throw ParkedInputError.notWaiting }
        return try ParkedInputReader(transaction.reading).input(number).tries
    }

    /// Lets a rejected one wait again.
    ///
    /// - Throws: ``ParkedInputError``.
    public func retry(_ number: Int64) throws {
        let input = try ParkedInputReader(transaction.reading).input(number)
        guard input.state == .rejected || input.state == .waiting else { throw ParkedInputError.ended }
        try transaction.execute(
            "UPDATE parked_input SET state = 'waiting', tries = 0 WHERE id = ?", .integer(number))
    }

    /// Gives up one that waits or was rejected.
    ///
    /// - Throws: ``ParkedInputError``.
    public func discard(_ number: Int64) throws {
        let input = try ParkedInputReader(transaction.reading).input(number)
        guard input.state == .rejected || input.state == .waiting else { throw ParkedInputError.ended }
        try transaction.execute(
            "UPDATE parked_input SET state = 'discarded', request = '{}', reason = NULL WHERE id = ?",
            .integer(number))
    }
}
