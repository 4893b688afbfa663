internal import Synchronization

/// The connection that writes: a database's own, or one of a pool while it needs it.
extension Database {
    /// Lends the connection that writes.
    ///
    /// - Throws: ``StorageError`` once the database is closed, or what `body` throws.
    func withWriter<Result: Sendable>(_ body: (Connection) throws -> Result) throws -> Result {
        let (present, lastUse) = try writer.withLock { open -> (Result?, Int64) in
            guard let writer = open, !unfinished.isAbandoned else { throw StorageError.closed }
            return (try writer.seat?.use(body), writer.lastUse)
        }
        if let present { return present }
        guard let source else { throw StorageError.closed }
        let (spare, away) = source.pool.take(for: source.files.schemaVersion, lastUse: lastUse)
        return try writer.withLock { open in
            guard var writer = open, !unfinished.isAbandoned else {
                if let spare { source.pool.give(spare) }
                throw StorageError.closed
            }
            if let spare, writer.seat != nil {
                source.pool.give(spare)
            } else if writer.seat == nil {
                let seat = try seat(spare, source, writer.file)
                writer.seat = seat
                open = writer
                source.pool.note(seat, at: self, away: away)
            }
            guard let seat = writer.seat else { throw StorageError.closed }
            return try seat.use(body)
        }
    }

    /// A connection that has come to the files, or one opened there.
    private func seat(
        _ spare: Seat?, _ source: (pool: ConnectionPool, files: DatabaseFiles), _ file: OpenFile
    ) throws -> Seat {
        if let spare, try spare.use({ try $0.go(to: source.files, of: file) }) { return spare }
        return try source.pool.open(at: source.files, of: file)
    }

    /// Gives the connection up that writes, where nobody is using it and it can be used elsewhere; finishes what was left
    /// open.
    func giveUp() -> Seat? {
        guard let source else { return nil }
        let given = try? explaining {
            try writer.withLockIfAvailable { open -> Seat? in
                guard var writer = open, let seat = writer.seat else { return nil }
                guard let (file, isUsable) = try seat.lookAfter({ try $0.leave() }) else { return nil }
                (writer.file, writer.seat, writer.lastUse) = (file, nil, seat.lastUse)
                open = writer
                source.pool.forget(seat)
                return isUsable ? seat : nil
            } ?? nil
        }
        return given ?? nil
    }
}
