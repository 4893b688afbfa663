import Storage
import XCTest

final class PackedValuesTests: XCTestCase {
    private static let numbers: [Int64?] = [nil, 0, 1, 2, -1, .min, .max]
    private static let texts: [String?] = [
        nil, "", "a", "Işık", String(repeating: "b", count: 249), String(repeating: "c", count: 250),
        String(repeating: "ö", count: 3_000),
    ]

    private func packed() -> PackedValues {
        var values = PackedValues()
        for (number, text) in zip(Self.numbers, Self.texts) {
            values.append(number)
            values.append(text)
            Array((text ?? "").utf8).withUnsafeBytes { values.append(blob: $0) }
        }
        return values
    }

    func testValuesAreReadAsTheyWereAdded() {
        packed().read(from: 0) { reader in
            for (number, text) in zip(Self.numbers, Self.texts) {
                XCTAssertEqual(reader.integer(), number)
                XCTAssertEqual(reader.text(), text)
                XCTAssertEqual(Array(reader.blob()), Array((text ?? "").utf8))
            }
        }
    }

    func testStatementsBindValuesWhereTheyStand() throws {
        let database = try Database(
            path: ":memory:",
            migrations: [
                Migration(
                    "shelf 1: packed",
                    "CREATE TABLE packed (id INTEGER PRIMARY KEY, number INTEGER, text TEXT, bytes BLOB NOT NULL) STRICT"
                )
            ])
        let values = packed()

        try database.write { transaction in
            try values.read(from: 0) { reader in
                for _ in Self.numbers {
                    try transaction.execute("INSERT INTO packed (number, text, bytes) VALUES (?, ?, ?)", next: &reader)
                }
            }
            XCTAssertEqual(
                try transaction.change(
                    "UPDATE packed SET id = id + ? WHERE number IS ?", .integer(100), then: values, at: 0),
                1)
        }

        let found = try database.read { transaction in
            try transaction.all("SELECT number, text, bytes FROM packed ORDER BY (id - 1) % 100") {
                ($0.integerOrNil(0), $0.textOrNil(1), $0.bytes(2))
            }
        }
        XCTAssertEqual(found.map(\.0), Self.numbers)
        XCTAssertEqual(found.map(\.1), Self.texts)
        XCTAssertEqual(found.map(\.2), Self.texts.map { Array(($0 ?? "").utf8) })
    }

    func testTheBeginningsOfTextsAreInTheirOrder() {
        let texts = ["", "a", "a\u{1}", "aa", "ab", "abcdefgh", "b", "é"]
        var values = PackedValues()
        for text in texts { values.append(text) }

        let prefixes = values.read(from: 0) { reader in texts.map { _ in reader.textPrefix() } }

        XCTAssertEqual(prefixes, prefixes.sorted())
        XCTAssertEqual(Set(prefixes).count, texts.count)
    }

    func testWhatStandsBetweenTwoPlacesIsTakenOver() {
        var values = PackedValues()
        values.append("first")
        let start = values.end
        values.append("second")
        let end = values.end
        values.append("third")

        var taken = PackedValues()
        taken.append(values, from: start, to: end)

        XCTAssertEqual(taken.read(from: 0) { $0.text() }, "second")
        XCTAssertEqual(taken.end, end - start)
    }

    func testATextThatComesTwiceStandsOnce() {
        var values = PackedValues()
        values.append("ann@example.org")
        let end = values.end
        values.append("ann@example.org", orAgain: "ann@example.org")
        values.append(nil, orAgain: nil)
        values.append("Ann", orAgain: "ann")

        XCTAssertEqual(values.end - end, 6)
        values.read(from: 0) { reader in
            let texts = (0..<4).map { _ in reader.text() }
            XCTAssertEqual(texts, ["ann@example.org", "ann@example.org", nil, "Ann"])
        }
    }

    func testAStatementBindsValuesFromSeveralPlaces() throws {
        let database = try Database(
            path: ":memory:",
            migrations: [
                Migration("shelf 1: notes", "CREATE TABLE note (id INTEGER PRIMARY KEY, text TEXT UNIQUE) STRICT")
            ])
        var values = PackedValues()
        var places: [PackedValues.Place] = []
        for (number, text) in [(2, "b"), (3, "a"), (5, "b")] as [(Int64, String)] {
            places.append(values.end)
            values.append(number)
            values.append(text)
        }

        let found = try database.write { [values, places] transaction in
            let insert: StaticString = "INSERT INTO note (id, text) VALUES (?1 + ?2, ?3), (?1 + ?4, ?5)"
            try transaction.execute(insert, .integer(10), then: values, at: [places[1], places[0]])
            // The first of the two is not there either.
            XCTAssertThrowsError(
                try transaction.execute(insert, .integer(20), then: values, at: [places[0], places[2]])
            ) { XCTAssertEqual(($0 as? StorageError)?.isUniqueViolation, true) }
            return try transaction.reading.all("SELECT id, text FROM note ORDER BY id") {
                "\($0.integer(0)) \($0.text(1))"
            }
        }

        XCTAssertEqual(found, ["12 b", "13 a"])
    }
}
