import Storage
import TestSupport
import XCTest

final class ConfinementTests: XCTestCase {
    private static let own = TablePrefix(of: "pos")

    private func withDatabase(_ body: (Database) throws -> Void) throws {
        let database = try Database(
            path: ":memory:",
            migrations: [
                Migration(
                    "core 1: tables",
                    """
                    CREATE TABLE customer (id INTEGER PRIMARY KEY, name TEXT) STRICT;
                    CREATE TABLE pos_secret (id INTEGER PRIMARY KEY) STRICT;
                    INSERT INTO customer (id, name) VALUES (1, 'Ann');
                    """)
            ])
        try database.write { transaction in
            try transaction.confined(to: Self.own).migrate(
                """
                CREATE TABLE pos__register (
                    id INTEGER PRIMARY KEY,
                    name TEXT NOT NULL UNIQUE,
                    customer_id INTEGER REFERENCES customer (id) ON DELETE CASCADE
                ) STRICT;
                CREATE INDEX pos__register_by_customer ON pos__register (customer_id);
                """)
        }
        try body(database)
    }

    func testATableOfThePrefixIsWrittenAndRead() throws {
        try withDatabase { database in
            try database.write { transaction in
                let own = transaction.confined(to: Self.own)
                XCTAssertEqual(try own.insert("INSERT INTO pos__register (name) VALUES (?)", [.text("till")]), 1)
                XCTAssertEqual(
                    try own.change(text: "UPDATE pos__register SET customer_id = ?", [.integer(1)]), 1)
                XCTAssertEqual(try own.change(text: "DELETE FROM pos__register WHERE id = 9", []), 0)
            }
            let names = try database.read { transaction in
                try transaction.confined(to: Self.own).all("SELECT name FROM pos__register", []) { $0.text(0) }
            }
            XCTAssertEqual(names, ["till"])
        }
    }

    func testNothingElseIsInReach() throws {
        try withDatabase { database in
            for sql in [
                "SELECT name FROM customer", "SELECT id FROM customer", "SELECT count(*) FROM pos_secret",
                "INSERT INTO customer (name) VALUES ('x')", "UPDATE customer SET name = 'x'", "DELETE FROM pos_secret",
                "INSERT INTO pos__register (name) SELECT name FROM customer",
                "UPDATE pos__register SET name = (SELECT name FROM customer)",
                "UPDATE pos__register SET name = customer.name FROM customer",
                "DELETE FROM pos__register WHERE id IN (SELECT id FROM customer)",
                "SELECT sql FROM sqlite_master", "SELECT * FROM pragma_table_list", "PRAGMA user_version = 3",
                "ATTACH ':memory:' AS other", "CREATE TABLE pos__more (id INTEGER PRIMARY KEY)",
                "DROP TABLE pos__register", "SAVEPOINT s", "COMMIT", "VACUUM", "REINDEX",
                "CREATE TEMP TABLE pos__t (id INTEGER)", "SELECT load_extension('x')",
                "CREATE TRIGGER pos__t AFTER INSERT ON pos__register BEGIN DELETE FROM customer; END",
                "WITH c AS (SELECT name FROM customer) SELECT name FROM c",
                "SELECT r.name FROM pos__register r JOIN customer c ON c.id = r.customer_id",
            ] {
                XCTAssertThrowsError(
                    try database.write { _ = try $0.confined(to: Self.own).change(text: sql, []) }, sql)
            }
            let left = try database.read { try $0.first("SELECT name FROM customer") { $0.text(0) } }
            XCTAssertEqual(left, "Ann")
        }
    }

    func testAMigrationReachesItsOwnTablesOnly() throws {
        try withDatabase { database in
            for sql in [
                "CREATE TABLE other__t (id INTEGER PRIMARY KEY)", "DROP TABLE customer",
                "ALTER TABLE customer ADD COLUMN x TEXT", "CREATE INDEX pos__i ON customer (name)",
                "CREATE TRIGGER pos__t AFTER INSERT ON customer BEGIN SELECT 1; END",
                "CREATE VIEW pos__v AS SELECT name FROM customer", "INSERT INTO customer (name) VALUES ('x')",
                "PRAGMA foreign_keys = OFF", "CREATE VIRTUAL TABLE pos__f USING fts5(x)",
                "UPDATE sqlite_master SET sql = ''", "CREATE TABLE pos__x (id INTEGER PRIMARY KEY); COMMIT",
            ] {
                XCTAssertThrowsError(try database.write { try $0.confined(to: Self.own).migrate(sql) }, sql)
            }
            try database.write { transaction in
                try transaction.confined(to: Self.own).migrate(
                    """
                    ALTER TABLE pos__register ADD COLUMN place TEXT;
                    UPDATE pos__register SET place = 'here';
                    CREATE TABLE pos__day AS SELECT id, name FROM pos__register;
                    DROP TABLE pos__day;
                    """)
            }
        }
    }

    func testOneStatementWithItsValuesIsNeeded() throws {
        try withDatabase { database in
            for (sql, values) in [
                ("", []), ("-- nothing", []), ("SELECT ? FROM pos__register", []),
                ("SELECT 1; SELECT 2", []), ("SELECT 1", [Value.integer(1)]),
                ("DELETE FROM pos__register; DELETE FROM pos__register", []),
            ] {
                XCTAssertThrowsError(
                    try database.write { _ = try $0.confined(to: Self.own).change(text: sql, values) }, sql
                ) { XCTAssertEqual(($0 as? StorageError)?.isMisuse, true, sql) }
            }
            XCTAssertThrowsError(
                try database.write { transaction in
                    try transaction.reading.confined(to: Self.own).rows(text: "DELETE FROM pos__register", []) { _ in
                        true
                    }
                })
        }
    }

    func testTheCoreIsNotConfinedAfterwards() throws {
        try withDatabase { database in
            let found = try database.write { transaction -> [String] in
                _ = try? transaction.confined(to: Self.own).change(text: "DELETE FROM customer", [])
                return try transaction.reading.all("SELECT name FROM customer WHERE id = 1") { $0.text(0) }
            }
            XCTAssertEqual(found, ["Ann"])
        }
    }
}
