internal import CSQLite

/// What SQL that the core did not write may touch: the tables of one prefix.
///
/// SQLite asks it about every table, column and action while a statement is compiled
/// (https://sqlite.org/c3ref/set_authorizer.html). It is set once for each connection, since setting it makes SQLite
/// compile every statement anew; between confined statements it allows everything.
final class Confinement {
    /// What a confined statement may do to its tables.
    enum Reach {
        case data
        /// Also make, change and drop the tables themselves.
        case schema
    }

    private var prefix: [UInt8]?
    private var reach = Reach.data
    /// Whether what is being compiled selects something.
    private var selects = false
    /// Whether it reads the key of a table of the core's, as a foreign key does.
    private var readsKey = false

    /// How often something was compiled that changes more than rows.
    private(set) var schemaChanges = 0

    func attach(to connection: OpaquePointer) {
        let context = Unmanaged.passUnretained(self).toOpaque()
        sqlite3_set_authorizer(
            connection,
            { context, action, first, second, _, _ in
                guard let context else { return SQLITE_DENY }
                let confinement = Unmanaged<Confinement>.fromOpaque(context).takeUnretainedValue()
                if Confinement.changesMore(action, first) { confinement.schemaChanges += 1 }
                return confinement.allows(action, first, second) ? SQLITE_OK : SQLITE_DENY
            }, context)
    }

    /// Compiles something that may touch the tables of `prefix` only.
    ///
    /// - Throws: ``StorageError/outOfReach`` where it selects keys of the core's tables; what `body` throws.
    func confined<Result>(
        to prefix: TablePrefix, _ reach: Reach, _ sql: UnsafeBufferPointer<UInt8>, _ body: () throws -> Result
    ) throws -> Result {
        self.prefix = prefix.bytes
        self.reach = reach
        (selects, readsKey) = (false, false)
        defer { self.prefix = nil }
        let result = try body()
        // Some inner SELECTs are compiled without asking, so the word itself counts as well.
        guard !readsKey || !selects && !Self.mentionsSelect(sql) else { throw StorageError.outOfReach }
        return result
    }

    /// Whether an action changes the file in a way that its rows do not tell.
    private static func changesMore(_ action: Int32, _ first: UnsafePointer<CChar>?) -> Bool {
        switch action {
        case SQLITE_CREATE_INDEX, SQLITE_CREATE_TABLE, SQLITE_CREATE_TRIGGER, SQLITE_CREATE_VIEW, SQLITE_CREATE_VTABLE,
            SQLITE_DROP_INDEX, SQLITE_DROP_TABLE, SQLITE_DROP_TRIGGER, SQLITE_DROP_VIEW, SQLITE_DROP_VTABLE,
            SQLITE_ALTER_TABLE, SQLITE_REINDEX, SQLITE_ANALYZE, SQLITE_ATTACH, SQLITE_DETACH:
            true
        case SQLITE_PRAGMA: first.map { filePragmas.contains(String(cString: $0)) } ?? true
        default: false
        }
    }

    /// Pragmas that change the file (https://sqlite.org/pragma.html).
    private static let filePragmas: Set = [
        "application_id", "auto_vacuum", "encoding", "incremental_vacuum", "journal_mode", "page_size",
        "schema_version",
        "user_version", "writable_schema",
    ]

    private func allows(
        _ action: Int32, _ first: UnsafePointer<CChar>?, _ second: UnsafePointer<CChar>?
    ) -> Bool {
        guard let prefix else { return true }
        switch action {
        case SQLITE_SELECT:
            selects = true
            return true
        case SQLITE_RECURSIVE: return true
        case SQLITE_FUNCTION: return second.map { String(cString: $0) } != "load_extension"
        case SQLITE_INSERT, SQLITE_UPDATE, SQLITE_DELETE:
            return isOwn(first, prefix) || reach == .schema && isCatalogue(first)
        case SQLITE_READ:
            if isOwn(first, prefix) || reach == .schema && isCatalogue(first) { return true }
            // A foreign key reads the key it leads to; without a SELECT that shows nothing of the row.
            guard isPublicKey(first, second) else { return false }
            readsKey = true
            return true
        case SQLITE_CREATE_TABLE, SQLITE_DROP_TABLE: return reach == .schema && isOwn(first, prefix)
        case SQLITE_CREATE_INDEX, SQLITE_DROP_INDEX: return reach == .schema && isOwn(second, prefix)
        // Of these the first name is the database's.
        case SQLITE_ALTER_TABLE: return reach == .schema && isOwn(second, prefix)
        case SQLITE_REINDEX: return reach == .schema
        default: return false
        }
    }

    private static func mentionsSelect(_ sql: UnsafeBufferPointer<UInt8>) -> Bool {
        let word = Array("select".utf8)
        return sql.indices.dropLast(word.count - 1).contains { start in
            word.indices.allSatisfy { sql[start + $0] | 0x20 == word[$0] }
        }
    }

    private func isOwn(_ name: UnsafePointer<CChar>?, _ prefix: [UInt8]) -> Bool {
        guard let name else { return false }
        for (offset, byte) in prefix.enumerated() where UInt8(bitPattern: name[offset]) | 0x20 != byte | 0x20 {
            return false
        }
        return true
    }

    private func isCatalogue(_ name: UnsafePointer<CChar>?) -> Bool {
        guard let name else { return false }
        return ["sqlite_master", "sqlite_temp_master"].contains(String(cString: name))
    }

    private func isPublicKey(_ table: UnsafePointer<CChar>?, _ column: UnsafePointer<CChar>?) -> Bool {
        guard let table, let column, String(cString: column) == "id" else { return false }
        return ["customer", "customer_order"].contains(String(cString: table))
    }
}
