import Storage
import XCTest

@testable import Registry

final class IndexEntriesTests: XCTestCase {
    func testTheyComeInTheOrderInWhichSQLiteSortsThem() throws {
        let long = String(repeating: "a", count: 16)
        let keys = [
            "", "a", "a\u{1}", "a b", "\u{E9}", "e\u{301}", "z", "\u{FFFD}", "\u{10000}", long, long + "b", long + "a",
        ]
        var random = SystemRandomNumberGenerator()
        let rows = (1...300).map { id in
            (key: keys.randomElement(using: &random) ?? "", number: Int64.random(in: 0...3), id: Int64(id))
        }
        let database = try Database(
            path: ":memory:",
            migrations: [
                Migration(
                    "shelf 1: entries",
                    "CREATE TABLE entry (key TEXT NOT NULL, number INTEGER NOT NULL, id INTEGER PRIMARY KEY) STRICT")
            ])
        let (names, phones) = try database.write { transaction in
            for row in rows {
                try transaction.execute(
                    "INSERT INTO entry (key, number, id) VALUES (?, ?, ?)", .text(row.key), .integer(row.number),
                    .integer(row.id))
            }
            return (
                try transaction.reading.all("SELECT id FROM entry ORDER BY key, number, id") { $0.integer(0) },
                try transaction.reading.all("SELECT id FROM entry ORDER BY key, id") { $0.integer(0) }
            )
        }

        for (index, expected) in [(PostponedIndex.names, names), (.phones, phones)] {
            var entries = IndexEntries(of: index)
            for row in rows { entries.append(row.key, number: index == .names ? row.number : nil, id: row.id) }
            var found: [Int64] = []
            var sizes: [Int] = []
            entries.forEachPiece(of: 128) { piece in
                sizes.append(piece.count)
                piece.entries.read(from: 0) { reader in
                    for _ in 0..<piece.count {
                        _ = reader.text()
                        if index == .names { _ = reader.integer() }
                        found.append(reader.integer() ?? 0)
                    }
                }
            }
            XCTAssertEqual(found, expected)
            XCTAssertEqual(sizes, [128, 128, 44])
        }
    }
}
