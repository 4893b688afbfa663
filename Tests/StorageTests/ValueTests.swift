import Storage
import XCTest

final class ValueTests: XCTestCase {
    private func roundTrip<Result: Sendable>(
        _ value: Value, _ element: @Sendable (Row) throws -> Result
    ) throws -> (type: String, result: Result)? {
        let database = try Database(path: ":memory:", migrations: Shelf.migrations)
        return try database.write { transaction in
            try transaction.execute("INSERT INTO thing (value) VALUES (?)", value)
            return try transaction.reading.first("SELECT value, typeof(value) FROM thing") { row in
                (type: row.text(1), result: try element(row))
            }
        }
    }

    func testNullReadsAsNothing() throws {
        let found = try roundTrip(.null) { row in
            XCTAssertTrue(row.isNull(0))
            XCTAssertNil(row.textOrNil(0))
            XCTAssertNil(row.integerOrNil(0))
            XCTAssertEqual(row.text(0), "")
            XCTAssertEqual(row.integer(0), 0)
            XCTAssertFalse(row.flag(0))
            return row.bytes(0)
        }

        XCTAssertEqual(found?.type, "null")
        XCTAssertEqual(found?.result, [])
    }

    func testTextOfEveryKindComesBackByteByByte() throws {
        for text in [
            "", "a", "Müller", "mu\u{308}ller", "a\u{0}b", "👩‍👩‍👧", String(repeating: "ß", count: 5000), "a'b\";--",
        ] {
            let stored = try XCTUnwrap(roundTrip(.text(text)) { $0.textOrNil(0) })
            let bytes = try XCTUnwrap(roundTrip(.utf8(Array(text.utf8))) { $0.textOrNil(0) })

            XCTAssertEqual(stored.type, "text", text)
            XCTAssertEqual(bytes.type, "text", text)
            XCTAssertEqual(stored.result.map { Array($0.utf8) }, Array(text.utf8))
            XCTAssertEqual(bytes.result.map { Array($0.utf8) }, Array(text.utf8))
        }
    }

    func testBytesOfEveryKindComeBackAsABlob() throws {
        for bytes in [[], [0], Array(0...255), [UInt8](repeating: 0xFF, count: 4000)] as [[UInt8]] {
            let stored = try XCTUnwrap(roundTrip(.blob(bytes)) { $0.bytes(0) })

            XCTAssertEqual(stored.type, "blob", "\(bytes.count) bytes")
            XCTAssertEqual(stored.result, bytes)
        }
    }

    func testWholeNumbersComeBackFromEndToEnd() throws {
        for number in [Int64.min, -1, 0, 1, Int64.max] {
            let stored = try XCTUnwrap(roundTrip(.integer(number)) { $0.integerOrNil(0) })

            XCTAssertEqual(stored.type, "integer")
            XCTAssertEqual(stored.result, number)
        }
    }

    func testAbsentValuesAreNullAndFlagsAreNumbers() {
        XCTAssertEqual(Value.text(orNull: nil), .null)
        XCTAssertEqual(Value.text(orNull: ""), .text(""))
        XCTAssertEqual(Value.integer(orNull: nil), .null)
        XCTAssertEqual(Value.integer(orNull: 0), .integer(0))
        XCTAssertEqual([Value.flag(true), .flag(false)], [.integer(1), .integer(0)])
    }
}
