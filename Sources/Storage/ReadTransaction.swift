/// A consistent view of one database; valid only inside the closure that receives it.
public struct ReadTransaction {
    let connection: Connection

    /// Turns each row into an element.
    ///
    /// - Throws: ``StorageError``, or what `element` throws.
    public func all<Element>(
        _ sql: StaticString, _ values: Value..., element: (Row) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try connection.rows(sql, values) { row in
            elements.append(try element(row))
            return true
        }
        return elements
    }

    /// Hands over one row after the other.
    ///
    /// - Throws: ``StorageError``, or what `body` throws.
    public func forEach(_ sql: StaticString, _ values: Value..., body: (Row) throws -> Void) throws {
        try connection.rows(sql, values) { row in
            try body(row)
            return true
        }
    }

    /// The first row as an element, nil when there is none.
    ///
    /// - Throws: ``StorageError``, or what `element` throws.
    public func first<Element>(
        _ sql: StaticString, _ values: Value..., element: (Row) throws -> Element
    ) throws -> Element? {
        var found: Element?
        try connection.rows(sql, values) { row in
            found = try element(row)
            return false
        }
        return found
    }

    /// Whether there is a row.
    ///
    /// - Throws: ``StorageError``.
    public func exists(_ sql: StaticString, _ values: Value...) throws -> Bool {
        var exists = false
        try connection.rows(sql, values) { _ in
            exists = true
            return false
        }
        return exists
    }

    /// Bytes inside the file that hold nothing and will be used again.
    ///
    /// - Throws: ``StorageError``.
    public func freeBytes() throws -> Int64 {
        let pages = try first("PRAGMA freelist_count") { $0.integer(0) } ?? 0
        return try pages * (first("PRAGMA page_size") { $0.integer(0) } ?? 0)
    }
}
