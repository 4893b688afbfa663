import TestSupport
import Transfer
import XCTest

/// What must hold of every table and of every file.
final class CSVPropertyTests: XCTestCase {
    private static let cells = [
        "", "a", "Müller", "=1+1", "'=1", "+49 30 123456", "a,b", "a;b", "tab\tbed", "\"", "\"\"", "say \"hi\"",
        "line\nbreak",
        "cr\rlf\r\n", " leading", "trailing ", "😀", "\u{0}", "|", "'", "sep=;", "@x", "-", "\u{FEFF}x",
    ]

    func testWhatIsWrittenIsReadBackAlike() {
        var generator = SeededGenerator(seed: 4_180)
        for _ in 0..<2_000 {
            let delimiter = generator.pick([",", ";", "\t", "|"] as [Character])
            let columns = 1 + generator.below(5)
            let rows = (0...generator.below(6)).map { _ in (0..<columns).map { _ in generator.pick(Self.cells) } }
            var writer = CSVWriter(delimiter: delimiter.asciiValue ?? 0)
            for row in rows { writer.record(row) }

            let table = Table(writer.take(), delimiter: delimiter.asciiValue ?? 0, piece: 1 + generator.below(20))

            XCTAssertEqual(table.rows.map { $0.map(SpreadsheetText.plain) }, rows)
            XCTAssertEqual(table.problems, [])
        }
    }

    func testAnyBytesInAnyPiecesGiveTheSameRecords() {
        let alphabet = Array("ab,;\"\"\"\r\n\n \t|é'=".utf8) + [0, 0xFF]
        var generator = SeededGenerator(seed: 99)
        for _ in 0..<5_000 {
            let bytes = (0..<generator.below(60)).map { _ in generator.pick(alphabet) }
            let whole = Table(bytes, delimiter: UInt8(ascii: ","))

            let pieces = Table(bytes, delimiter: UInt8(ascii: ","), piece: 1 + generator.below(7))

            XCTAssertEqual(pieces.records, whole.records, "\(bytes)")
        }
    }

    func testNoBytesAreTooStrange() {
        var generator = SeededGenerator(seed: 7)
        var read = 0
        for _ in 0..<2_000 {
            let bytes = (0..<generator.below(200)).map { _ in UInt8(truncatingIfNeeded: generator.next()) }
            do {
                read += try Table(file: bytes).records.count
            } catch {
                XCTAssertTrue(error is CharsetError, "\(error)")
            }
        }
        XCTAssertGreaterThan(read, 0)
    }
}
