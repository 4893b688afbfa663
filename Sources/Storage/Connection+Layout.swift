/// Files that have the same tables, laid out alike: with the same beginnings of tables and the same number of the schema,
/// in whatever order and by whatever versions of a program the tables were made. A connection can go from one such file to
/// another.
extension Connection {
    /// Lays the file out, beside others who may read it; what is in it stays the same.
    ///
    /// - Throws: ``StorageError``; the file is as it was then, or as good.
    func layOut() throws {
        // No piece of a shop comes to stand in a temporary file elsewhere, and nobody waits for another program.
        try script("PRAGMA temp_store = MEMORY; PRAGMA busy_timeout = 0; PRAGMA writable_schema = ON")
        // VACUUM makes all tables in the order in which they are listed, then all indexes, and only then fills them:
        // https://sqlite.org/lang_vacuum.html#how_vacuum_works
        try script(
            """
            UPDATE sqlite_schema AS listed SET rowid = 1000000 + sorted.position
            FROM (
                SELECT type, name, row_number() OVER (ORDER BY type <> 'table', type <> 'index', type, name) AS position
                FROM sqlite_schema
            ) AS sorted
            WHERE listed.type = sorted.type AND listed.name = sorted.name;
            PRAGMA writable_schema = OFF;
            VACUUM;
            BEGIN IMMEDIATE
            """)
        do {
            // This file has had the number for no other schema, but for one chance in a thousand million. Those that follow it
            // come again, with the changes after each layout: who keeps the file open from one to the next, as this program
            // does not, could take the schema it knows for the present one.
            let mark = try SchemaMark(version: schemaVersion(), of: self)
            try rows(text: "PRAGMA schema_version = \(mark.stamp)", [], confinedTo: nil, isReading: false) { _ in true }
            try run("COMMIT")
        } catch {
            if isInTransaction { try run("ROLLBACK") }
            throw error
        }
    }
}
