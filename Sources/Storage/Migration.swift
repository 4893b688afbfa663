/// A step of the schema: forward only, never edited after release.
public struct Migration: Sendable {
    /// "<room> <n>: <what>", recorded in the file.
    public let name: String
    private let sql: StaticString

    /// A step made of SQL statements.
    public init(_ name: String, _ sql: StaticString) {
        self.name = name
        self.sql = sql
    }

    /// Those that a file has not taken, in order.
    ///
    /// - Throws: ``NewerDatabase``, ``StorageError``.
    static func missing(of migrations: [Migration], on connection: Connection) throws -> [Migration] {
        try connection.run(
            "CREATE TABLE IF NOT EXISTS migration (position INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT")
        var applied: [String] = []
        try connection.rows("SELECT name FROM migration ORDER BY position", []) { row in
            applied.append(row.text(0))
            return true
        }
        let known = Set(migrations.map(\.name))
        if let unknown = applied.first(where: { !known.contains($0) }) { throw NewerDatabase(migration: unknown) }
        return migrations.filter { !applied.contains($0.name) }
    }

    /// Applies those that are missing: all of them or, after an error, none.
    static func run(_ missing: [Migration], on connection: Connection) throws {
        guard !missing.isEmpty else { return }
        try connection.run("BEGIN IMMEDIATE")
        do {
            for migration in missing {
                try connection.script(migration.sql)
                try connection.run("INSERT INTO migration (name) VALUES (?)", [.text(migration.name)])
            }
            try connection.run("COMMIT")
        } catch {
            if connection.isInTransaction { try connection.run("ROLLBACK") }
            throw error
        }
    }
}
