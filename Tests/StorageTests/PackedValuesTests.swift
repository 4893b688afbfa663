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
}
