/// A look at the tables of one prefix; whatever else its SQL names is refused.
public struct ConfinedReading {
    let connection: Connection
    let prefix: TablePrefix

    /// Turns each row into an element.
    ///
    /// - Throws: ``StorageError``, or what `element` throws.
    public func all<Element>(
        _ sql: StaticString, _ values: [Value], element: (Row) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try connection.rows(sql, values, confinedTo: prefix) { row in
            elements.append(try element(row))
            return true
        }
        return elements
    }

    /// The first row as an element, nil when there is none.
    ///
    /// - Throws: ``StorageError``, or what `element` throws.
    public func first<Element>(
        _ sql: StaticString, _ values: [Value], element: (Row) throws -> Element
    ) throws -> Element? {
        var found: Element?
        try connection.rows(sql, values, confinedTo: prefix) { row in
            found = try element(row)
            return false
        }
        return found
    }

    /// Runs SQL that came from outside and hands over each row until `body` says false.
    ///
    /// - Throws: ``StorageError``; ``StorageError/isMisuse`` where the SQL is not one statement that only reads, or the
    ///   values do not fit it.
    public func rows(text sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try connection.rows(text: sql, values, confinedTo: prefix, isReading: true, body)
    }
}

extension ReadTransaction {
    /// The same snapshot, for SQL that may read the tables of a prefix only.
    public func confined(to prefix: TablePrefix) -> ConfinedReading {
        ConfinedReading(connection: connection, prefix: prefix)
    }
}
