/// Which page of a list is asked for.
public struct Page: Sendable, Equatable {
    /// How many rows, 1 to 1,000.
    public let limit: Int
    /// What the page before said under next; empty for the first.
    public let after: [JSON]

    /// The values of a row to go on behind, nil on the first page.
    ///
    /// - Throws: ``ChannelRefusal`` for a cursor of another list.
    public func position<Position>(_ count: Int, _ read: ([JSON]) -> Position?) throws -> Position? {
        guard !after.isEmpty else { return nil }
        guard after.count == count, let position = read(after) else {
            throw ChannelRefusal.badValue("after", "give what the page before said under next")
        }
        return position
    }
}

extension Details {
    /// Which page the arguments `limit` and `after` of a list ask for.
    ///
    /// - Throws: ``ChannelRefusal``.
    public func page() throws -> Page {
        let limit = try integer("limit") ?? 100
        guard (1...1_000).contains(limit) else { throw bad("limit", "1 to 1000 rows fit a page") }
        return Page(limit: Int(limit), after: json["after"]?.arrayValue ?? [])
    }
}
