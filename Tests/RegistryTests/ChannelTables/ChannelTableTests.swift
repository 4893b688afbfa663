import Storage
import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class ChannelTableTests: XCTestCase {
    private static let migration = ChannelMigration(
        "1: tickets",
        """
        CREATE TABLE events__ticket (
            id INTEGER PRIMARY KEY,
            order_id INTEGER NOT NULL REFERENCES customer_order (id) ON DELETE CASCADE,
            attendee TEXT,
            remark TEXT,
            seat INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE events__waiting (
            id INTEGER PRIMARY KEY,
            customer_id INTEGER NOT NULL REFERENCES customer (id) ON DELETE CASCADE,
            wish TEXT NOT NULL
        ) STRICT;
        """)
    private static let tables = [
        ChannelTable(
            "events__ticket", plain: ["id", "seat"], personal: ["attendee"], staff: ["remark"], order: "order_id"),
        ChannelTable("events__waiting", plain: ["id"], personal: ["wish"], customer: "customer_id"),
    ]

    private func install(
        _ sql: String, _ tables: [ChannelTable], in book: Book, of channel: String = "events"
    ) throws {
        try book.write { transaction in
            try ChannelTableInstaller(transaction).install([ChannelMigration("1: x", sql)], tables, of: channel)
        }
    }

    /// A shop with a ticket of one customer, who also waits, and another customer who waits.
    private func shop() throws -> (book: Book, ann: CustomerID, bo: CustomerID) {
        let book = try Book()
        try book.write { try ChannelTableInstaller($0).install([Self.migration], Self.tables, of: "events") }
        let order = try book.register(try OrderDraft.sale(1, to: book.buyer(email: "ann@example.org")))
        let other = try book.register(try OrderDraft.sale(2, to: book.buyer(email: "bo@example.org")))
        let (ann, bo) = try (XCTUnwrap(order.match.customer), XCTUnwrap(other.match.customer))
        try book.write { transaction in
            let own = transaction.confined(to: TablePrefix(of: "events"))
            _ = try own.change(
                "INSERT INTO events__ticket (order_id, attendee, remark, seat) VALUES (?, 'Ann', 'rude', 7)",
                [.integer(order.order.rawValue)])
            for customer in [ann, bo] {
                _ = try own.change(
                    "INSERT INTO events__waiting (customer_id, wish) VALUES (?, 'front')",
                    [.integer(customer.rawValue)])
            }
        }
        return (book, ann, bo)
    }

    private func rows(of customer: CustomerID, in book: Book) throws -> [String] {
        try book.read { transaction in
            var rows: [String] = []
            try ChannelTableReader(transaction).rows(of: customer) { channel, table, row in
                rows.append("\(channel) \(table) \(JSON.object(row).text)")
            }
            return rows
        }
    }

    func testAPersonsRowsAreFoundWithoutWhatIsForStaff() throws {
        let (book, ann, bo) = try shop()

        XCTAssertEqual(
            try rows(of: ann, in: book),
            [
                #"events events__ticket {"id":1,"seat":7,"attendee":"Ann","order_id":1}"#,
                #"events events__waiting {"id":1,"wish":"front","customer_id":1}"#,
            ])
        XCTAssertEqual(try rows(of: bo, in: book), [#"events events__waiting {"id":2,"wish":"front","customer_id":2}"#])
    }

    func testAnErasureEmptiesWhatIsPersonalAndKeepsTheRows() throws {
        let (book, ann, _) = try shop()

        _ = try book.write { try CustomerEraser($0, book.occasion) { $1 }.erase(ann) }

        XCTAssertEqual(
            try rows(of: ann, in: book),
            [
                #"events events__ticket {"id":1,"seat":7,"attendee":null,"order_id":1}"#,
                #"events events__waiting {"id":1,"wish":"","customer_id":1}"#,
            ])
        let remark = try book.read { try $0.first("SELECT remark FROM events__ticket") { $0.textOrNil(0) } }
        XCTAssertEqual(remark, .some(nil))
    }

    func testRowsFollowAMergeAndComeBack() throws {
        let (book, ann, bo) = try shop()
        let before = try rows(of: ann, in: book)

        _ = try book.merge(ann, into: bo)
        XCTAssertEqual(try rows(of: ann, in: book), [])
        XCTAssertEqual(try rows(of: bo, in: book).count, 3)

        try book.unmerge(ann)
        XCTAssertEqual(try rows(of: ann, in: book), before)
        XCTAssertEqual(try rows(of: bo, in: book).count, 1)
    }

    func testADeclarationThatChangesReachesAFileMadeBefore() throws {
        let (book, ann, _) = try shop()
        var tables = Self.tables
        tables[0] = ChannelTable(
            "events__ticket", plain: ["id"], personal: ["attendee"], staff: ["remark", "seat"], order: "order_id")
        assertThrows(ChannelTableError.notErasable(table: "events__ticket", column: "seat")) { [tables] in
            try book.write { try ChannelTableInstaller($0).install([Self.migration], tables, of: "events") }
        }
        tables[0] = ChannelTable(
            "events__ticket", plain: ["id", "seat"], personal: ["remark"], staff: ["attendee"], order: "order_id")

        try book.write { [tables] in
            try ChannelTableInstaller($0).install([Self.migration], tables, of: "events")
        }

        XCTAssertEqual(
            try rows(of: ann, in: book).first,
            #"events events__ticket {"id":1,"seat":7,"remark":"rude","order_id":1}"#)
        let isInstalled = try book.read { [tables] in
            try InstalledTables($0).areComplete([Self.migration], tables, of: "events")
        }
        XCTAssertTrue(isInstalled)
    }

    func testASecondInstallationChangesNothingAndANewStepIsAdded() throws {
        let (book, ann, _) = try shop()
        let more = ChannelMigration("2: colours", "ALTER TABLE events__waiting ADD COLUMN colour TEXT")
        var tables = Self.tables
        tables[1] = ChannelTable(
            "events__waiting", plain: ["id", "colour"], personal: ["wish"], customer: "customer_id")

        try book.write { [tables] transaction in
            let installer = ChannelTableInstaller(transaction)
            try installer.install([Self.migration], Self.tables, of: "events")
            try installer.install([Self.migration, more], tables, of: "events")
        }

        XCTAssertEqual(
            try rows(of: ann, in: book).last,
            #"events events__waiting {"id":1,"colour":null,"wish":"front","customer_id":1}"#)
        assertThrows(ChannelTableError.newer(channel: "events", migration: "2: colours")) {
            try book.write { try ChannelTableInstaller($0).install([Self.migration], Self.tables, of: "events") }
        }
    }

    func testTablesThatWouldEscapeErasureAreRefused() throws {
        let book = try Book()
        let reference = "order_id INTEGER REFERENCES customer_order (id) ON DELETE CASCADE"
        for (sql, table, error) in [
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY, name TEXT) STRICT",
                ChannelTable("events__t", plain: ["id"]),
                ChannelTableError.undeclared(table: "events__t", column: "name")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE events__u (id INTEGER PRIMARY KEY) STRICT",
                ChannelTable("events__t", plain: ["id"]), .undeclared(table: "events__u", column: nil)
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY) STRICT",
                ChannelTable("events__t", plain: ["id", "x"]), .missing(table: "events__t", column: "x")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY)", ChannelTable("events__t", plain: ["id"]),
                .notStrict(table: "events__t")
            ),
            (
                "CREATE TABLE events__t (id INTEGER) STRICT", ChannelTable("events__t", plain: ["id"]),
                .noKey(table: "events__t")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY, name TEXT) STRICT",
                ChannelTable("events__t", plain: ["id"], personal: ["name"]), .noPerson(table: "events__t")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY, age INTEGER NOT NULL, \(reference)) STRICT",
                ChannelTable("events__t", plain: ["id"], personal: ["age"], order: "order_id"),
                .notErasable(table: "events__t", column: "age")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY, order_id INTEGER) STRICT",
                ChannelTable("events__t", plain: ["id"], order: "order_id"),
                .badReference(table: "events__t", column: "order_id")
            ),
            (
                "CREATE TABLE events__t (id INTEGER PRIMARY KEY, two INTEGER AS (id * 2)) STRICT",
                ChannelTable("events__t", plain: ["id", "two"]), .generated(table: "events__t", column: "two")
            ),
        ] {
            assertThrows(error) { try install(sql, [table], in: book) }
        }
        let left = try book.read { try $0.tables(of: TablePrefix(of: "events")).map(\.name) }
        XCTAssertEqual(left, [])
    }

    func testTablesOfOthersAreOutOfReach() throws {
        let book = try Book()
        XCTAssertThrowsError(try install("DROP TABLE customer", [], in: book)) { error in
            XCTAssertEqual(
                error as? ChannelTableError,
                .badSchema(channel: "events", migration: "1: x", reason: "not authorized"))
        }
    }
}
