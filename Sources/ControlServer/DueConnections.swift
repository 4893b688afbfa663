/// Connections in which something happened, each once, until they are served.
struct DueConnections {
    private var waiting: [Connection] = []

    var isEmpty: Bool { waiting.isEmpty }

    mutating func add(_ connection: Connection) {
        guard !connection.isDue else { return }
        connection.isDue = true
        waiting.append(connection)
    }

    /// Takes all of them out, those first whose party has taken least of the loop's time lately.
    mutating func take(at now: ContinuousClock.Instant) -> [Connection] {
        defer { waiting = [] }
        for connection in waiting { connection.isDue = false }
        guard waiting.count > 1 else { return waiting }
        return waiting.map { connection in
            (usage: (connection.party.usage.amount(at: now), connection.usage.amount(at: now)), connection: connection)
        }.sorted { $0.usage < $1.usage }.map(\.connection)
    }
}
