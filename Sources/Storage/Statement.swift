internal import CSQLite

/// A prepared statement; belongs to one ``Connection``.
final class Statement {
    let handle: OpaquePointer
    private let connection: OpaquePointer
    private let place = BoundBytes()
    /// Set while rows are being read, so that a nested use of the same text prepares its own.
    var isBusy = false
    /// Whether it changes what rows do not tell, such as the schema.
    var isUntold = false
    /// Whether it changes nothing.
    let isReadOnly: Bool

    /// With `isSingle` text behind the statement is refused, since it would not be run.
    init(
        _ sql: UnsafePointer<UInt8>, length: Int, connection: OpaquePointer, isCached: Bool, isSingle: Bool = false
    ) throws {
        var prepared: OpaquePointer?
        var rest = length
        let flags = isCached ? UInt32(SQLITE_PREPARE_PERSISTENT) : 0
        let code = sql.withMemoryRebound(to: CChar.self, capacity: length) { start in
            var tail: UnsafePointer<CChar>?
            defer { rest = tail.map { length - ($0 - start) } ?? 0 }
            return sqlite3_prepare_v3(connection, start, Int32(length), flags, &prepared, &tail)
        }
        guard code == SQLITE_OK else { throw StorageError(code, on: connection) }
        let blank = UnsafeBufferPointer(start: sql + (length - rest), count: rest)
        guard let prepared, !isSingle || blank.allSatisfy({ " \t\r\n;".utf8.contains($0) }) else {
            sqlite3_finalize(prepared)
            throw StorageError.misuse
        }
        self.handle = prepared
        self.connection = connection
        isReadOnly = sqlite3_stmt_readonly(prepared) != 0
    }

    deinit {
        sqlite3_finalize(handle)
    }

    /// Whether it can take so many values.
    func takes(_ count: Int) -> Bool { count == Int(sqlite3_bind_parameter_count(handle)) }

    /// Binds a value to each parameter; short texts and blobs stand in the statement's own memory until the next call.
    func bind(_ values: [Value]) throws {
        precondition(takes(values.count), "a value for every parameter of the statement")
        try bindFirst(values)
    }

    /// Binds values, and to the parameters behind them packed ones, which must stand where they are while the statement
    /// runs.
    func bind(_ values: [Value], then packed: inout PackedValues.Reader) throws {
        try bindFirst(values)
        for position in stride(from: Int32(values.count) + 1, through: sqlite3_bind_parameter_count(handle), by: 1) {
            try bind(packed.next(), at: position)
        }
    }

    /// Binds values, and to the parameters behind them as many packed ones from each of the places.
    func bind(_ values: [Value], then packed: inout PackedValues.Reader, at places: [PackedValues.Place]) throws {
        try bindFirst(values)
        let count = Int(sqlite3_bind_parameter_count(handle)) - values.count
        precondition(count % places.count == 0, "as many values from each place")
        var position = Int32(values.count)
        for place in places {
            packed.move(to: place)
            for _ in 0..<count / places.count {
                position += 1
                try bind(packed.next(), at: position)
            }
        }
    }

    @inline(__always)
    private func bind(_ value: PackedValues.Bound, at position: Int32) throws {
        let code =
            switch value {
            case .null: sqlite3_bind_null(handle, position)
            case .integer(let number): sqlite3_bind_int64(handle, position, number)
            case .text(let utf8): bindInPlace(utf8, at: position)
            case .blob(let blob):
                // A null pointer would bind NULL.
                blob.isEmpty
                    ? sqlite3_bind_zeroblob(handle, position, 0)
                    : sqlite3_bind_blob64(handle, position, blob.baseAddress, sqlite3_uint64(blob.count), nil)
            }
        guard code == SQLITE_OK else { throw StorageError(code, on: connection) }
    }

    private func bindInPlace(_ utf8: UnsafeRawBufferPointer, at position: Int32) -> Int32 {
        guard let base = utf8.baseAddress, !utf8.isEmpty else { return sqlite3_bind_text(handle, position, "", 0, nil) }
        return sqlite3_bind_text(handle, position, base.assumingMemoryBound(to: CChar.self), Int32(utf8.count), nil)
    }

    private func bindFirst(_ values: [Value]) throws {
        place.start(room: values.reduce(0) { $0 + Self.room($1) })
        var position: Int32 = 1
        for value in values {
            let code =
                switch value {
                case .null: sqlite3_bind_null(handle, position)
                case .integer(let number): sqlite3_bind_int64(handle, position, number)
                case .text(let text): bind(text, at: position)
                case .utf8(let bytes): bytes.withUnsafeBufferPointer { bind($0, at: position) }
                case .blob(let bytes): bind(bytes, at: position)
                }
            guard code == SQLITE_OK else { throw StorageError(code, on: connection) }
            position += 1
        }
    }

    /// The bytes that a text or blob takes which is not too long.
    private static func room(_ value: Value) -> Int {
        let count =
            switch value {
            case .text(let text): text.utf8.count
            case .utf8(let bytes), .blob(let bytes): bytes.count
            case .null, .integer: 0
            }
        return count > BoundBytes.limit ? 0 : count
    }

    private func bind(_ text: String, at position: Int32) -> Int32 {
        var text = text
        return text.withUTF8 { bind($0, at: position) }
    }

    private func bind(_ blob: [UInt8], at position: Int32) -> Int32 {
        guard blob.count <= BoundBytes.limit, !blob.isEmpty else {
            return sqlite3_bind_blob64(handle, position, blob, sqlite3_uint64(blob.count), transient)
        }
        return blob.withUnsafeBufferPointer {
            sqlite3_bind_blob64(handle, position, place.keep($0), sqlite3_uint64(blob.count), nil)
        }
    }

    private func bind(_ utf8: UnsafeBufferPointer<UInt8>, at position: Int32) -> Int32 {
        // An empty buffer may have no address, and a null pointer would bind NULL.
        guard let base = utf8.baseAddress, !utf8.isEmpty else { return sqlite3_bind_text(handle, position, "", 0, nil) }
        guard utf8.count <= BoundBytes.limit else {
            return base.withMemoryRebound(to: CChar.self, capacity: utf8.count) {
                sqlite3_bind_text(handle, position, $0, Int32(utf8.count), transient)
            }
        }
        return sqlite3_bind_text(handle, position, place.keep(utf8), Int32(utf8.count), nil)
    }

    /// - Returns: Whether there is a row.
    @inline(__always)
    func step() throws -> Bool {
        let code = sqlite3_step(handle)
        if code == SQLITE_ROW { return true }
        if code == SQLITE_DONE { return false }
        throw StorageError(code, on: connection)
    }

    func reset() {
        sqlite3_reset(handle)
    }
}

// Tells SQLite to copy what is bound: https://sqlite.org/c3ref/c_static.html
private let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
