extension Database {
    /// A larger file stays as it is, in bytes: to lay it out would keep others waiting for too long.
    private static let largestLaidOut: Int64 = 8 << 20

    /// Lays the file out as all are that have the same tables, where it is not yet, so that they can share connections.
    ///
    /// To be called once the tables are there, before anybody else uses the database. What keeps it from that, as a full disk
    /// may, is put up with.
    ///
    /// - Throws: ``StorageError`` where the disk fails.
    public func layOut() throws {
        let isNew = try withWriter { connection in
            let isLaidOut = try connection.schema.map { try $0.isLaidOut && $0.version == connection.schemaVersion() }
            guard isLaidOut != true, try connection.size() <= Self.largestLaidOut else { return false }
            try connection.finish()
            do {
                try Connection(path: path, mode: .existing).layOut()
            } catch let error as StorageError where !error.isDiskFault {
                return false
            }
            if let source { try connection.learnSchema(in: source.files) }
            return true
        }
        if isNew, let source, let seat = giveUp() { source.pool.give(seat) }
    }
}

extension Connection {
    /// In bytes.
    fileprivate func size() throws -> Int64 {
        let reading = ReadTransaction(connection: self)
        let count = try reading.first("PRAGMA page_count") { $0.integer(0) }
        let page = try reading.first("PRAGMA page_size") { $0.integer(0) }
        return (count ?? 0) * (page ?? 0)
    }
}
