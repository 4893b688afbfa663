import Storage
import TestSupport

/// A small schema, and what tests do with it.
enum Shelf {
    static let migrations = [
        Migration(
            "shelf 1: items",
            """
            CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
            CREATE TABLE thing (id INTEGER PRIMARY KEY, value ANY) STRICT;
            CREATE TABLE part (id INTEGER PRIMARY KEY, item_id INTEGER NOT NULL REFERENCES item (id)) STRICT;
            """)
    ]

    /// Runs a body with one whose changes are captured, and the path of its file.
    static func run(_ body: (Database, String) throws -> Void) throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/shelf.sqlite"
            try body(open(path), path)
        }
    }

    static func open(_ path: String) throws -> Database {
        try Database(path: path, migrations: Applied.migrations + migrations, capturing: CapturedShapes())
    }

    static func add(_ name: String, _ transaction: WriteTransaction) throws {
        try transaction.execute("INSERT INTO item (name) VALUES (?)", .text(name))
    }

    static func names(_ transaction: ReadTransaction) throws -> [String] {
        try transaction.all("SELECT name FROM item ORDER BY id") { $0.text(0) }
    }
}
