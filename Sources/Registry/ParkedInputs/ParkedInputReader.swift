public import Storage
internal import StrictJSON

/// Finds what waits for a channel.
public struct ParkedInputReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// An input by its number.
    ///
    /// - Throws: ``ParkedInputError/notFound``.
    public func input(_ number: Int64) throws -> ParkedInput {
        let found = try transaction.first(
            "SELECT id, channel, verb, request, actor, at, state, reason, tries FROM parked_input WHERE id = ?",
            .integer(number), element: Self.input)
        guard let found else { throw ParkedInputError.notFound }
        return found
    }

    /// The input of a channel that has waited longest, nil when none waits.
    public func first(of channel: String) throws -> ParkedInput? {
        try inputs(of: channel, in: .waiting, after: 0, limit: 1).first
    }

    /// Inputs of a channel in a state, oldest first.
    public func inputs(
        of channel: String, in state: ParkedInput.State, after number: Int64, limit: Int
    ) throws -> [ParkedInput] {
        try transaction.all(
            """
            SELECT id, channel, verb, request, actor, at, state, reason, tries FROM parked_input
            WHERE channel = ? AND state = ? AND id > ? ORDER BY id LIMIT ?
            """, .text(channel), .text(state.rawValue), .integer(number), .integer(Int64(limit)), element: Self.input)
    }

    /// The channels for which anything was ever parked.
    public func channels() throws -> [String] {
        try transaction.all("SELECT DISTINCT channel FROM parked_input ORDER BY channel") { $0.text(0) }
    }

    /// Inputs of all channels that wait or were rejected, oldest first.
    public func open(after number: Int64, limit: Int) throws -> [ParkedInput] {
        try transaction.all(
            """
            SELECT id, channel, verb, request, actor, at, state, reason, tries FROM parked_input
            WHERE state IN ('waiting', 'rejected') AND id > ? ORDER BY id LIMIT ?
            """, .integer(number), .integer(Int64(limit)), element: Self.input)
    }

    /// How many inputs wait, of all channels.
    ///
    /// - Throws: `StorageError`.
    public func waitingCount() throws -> Int64 {
        try transaction.first("SELECT count(*) FROM parked_input WHERE state = 'waiting'") { $0.integer(0) } ?? 0
    }

    /// How many inputs of a channel wait, and how many were rejected.
    public func counts(of channel: String) throws -> (waiting: Int64, rejected: Int64) {
        let counts = try transaction.all(
            """
            SELECT state, count(*) FROM parked_input
            WHERE channel = ? AND state IN ('waiting', 'rejected') GROUP BY state
            """, .text(channel)
        ) { (state: $0.text(0), count: $0.integer(1)) }
        let count = { (state: ParkedInput.State) in counts.first { $0.state == state.rawValue }?.count ?? 0 }
        return (count(.waiting), count(.rejected))
    }

    private static func input(_ row: Row) -> ParkedInput {
        ParkedInput(
            number: row.integer(0), channel: row.text(1), verb: row.text(2),
            request: JSONFragment(trusted: row.bytes(3)), actor: Actor(stored: row.text(4)),
            at: Instant(seconds: row.integer(5)), state: ParkedInput.State(rawValue: row.text(6)) ?? .waiting,
            reason: row.textOrNil(7), tries: row.integer(8))
    }
}
