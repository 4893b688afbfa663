import Registry
import Storage
import TestSupport
import XCTest

final class QuickCheckTests: XCTestCase {
    private static let tables: Set = ["consent", "suppression", "parked_input"]

    func testAnOlderFilesChecksSayTheSameWithoutLists() throws {
        try withTemporaryDirectory { folder in
            let path = "\(folder)/registry.sqlite"
            let newer: Set = [
                "consent 3: quick checks", "suppression 2: quick checks", "parked inputs 3: quick checks",
            ]
            let older = RegistrySchema.migrations.filter { !newer.contains($0.name) }
            XCTAssertEqual(older.count, RegistrySchema.migrations.count - newer.count)
            try Database(path: path, migrations: older).write { transaction in
                try transaction.execute(
                    "INSERT INTO suppression (hash, purpose, reason, at) VALUES (zeroblob(32), 'sms', 'bounced', 1)")
            }

            let database = try Database(path: path, migrations: RegistrySchema.migrations)

            let lists = try database.read { transaction in
                try transaction.all("SELECT name FROM sqlite_schema WHERE type = 'table' AND sql LIKE '% IN (''%'") {
                    $0.text(0)
                }
            }
            XCTAssertEqual(Self.tables.intersection(lists), [])
            XCTAssertEqual(try database.read { try $0.integrityProblems() }, [])
            try assertChecked(
                database, "INSERT INTO suppression (hash, purpose, reason, at) VALUES (?, 'x', 'bounced', 1)")
            try assertChecked(database, "INSERT INTO suppression (hash, purpose, reason, at) VALUES (?, 'sms', 'x', 1)")
            try assertChecked(
                database, "UPDATE suppression SET reason = 'x' WHERE length(hash) = length(?)")
        }
    }

    func testEveryWordOfTheListsIsStillTaken() throws {
        let database = try Database(path: ":memory:", migrations: RegistrySchema.migrations)

        try database.write { transaction in
            for (number, reason) in ["unsubscribed", "bounced", "erased"].enumerated() {
                for purpose in ConsentPurpose.allCases {
                    try transaction.execute(
                        "INSERT INTO suppression (hash, purpose, reason, at) VALUES (?, ?, ?, 1)",
                        .blob([UInt8](repeating: UInt8(number), count: 32)), .text(purpose.rawValue), .text(reason))
                }
            }
            for (number, status) in ["pending", "subscribed", "unsubscribed", "bounced", "erased"].enumerated() {
                try transaction.execute(
                    """
                    INSERT INTO customer (id, number, rev, name_key, account, source, is_test, joined_at)
                    VALUES (?, ?, 1, '', 'none', 'staff', 0, 1)
                    """, .integer(Int64(number) + 1), .integer(Int64(number) + 1))
                for purpose in ConsentPurpose.allCases {
                    try transaction.execute(
                        "INSERT INTO consent (customer_id, purpose, status, changed_at) VALUES (?, ?, ?, 1)",
                        .integer(Int64(number) + 1), .text(purpose.rawValue), .text(status))
                }
            }
            for state in ["waiting", "rejected", "done", "discarded"] {
                try transaction.execute(
                    """
                    INSERT INTO parked_input (channel, verb, request, actor, at, state)
                    VALUES ('pos', 'order.register', '', 'operator', 1, ?)
                    """, .text(state))
            }
        }
    }

    /// A change that SQLite's checks refuse.
    private func assertChecked(_ database: Database, _ sql: StaticString, line: UInt = #line) throws {
        XCTAssertThrowsError(
            try database.write { try $0.execute(sql, .blob([UInt8](repeating: 1, count: 32))) }, line: line
        ) { error in
            // SQLITE_CONSTRAINT_CHECK: https://sqlite.org/rescode.html#constraint_check
            XCTAssertEqual((error as? StorageError)?.code, 275, line: line)
        }
    }
}
