import Transfer
import XCTest

final class CSVDialectTests: XCTestCase {
    private func delimiter(_ text: String) -> Character {
        Character(Unicode.Scalar(CSVDialect(detectingIn: Array(text.utf8)).delimiter))
    }

    func testTheDelimiterIsTold() {
        XCTAssertEqual(delimiter("a,b,c\n1,2,3"), ",")
        XCTAssertEqual(delimiter("a;b;c\r\n1;2;3"), ";")
        XCTAssertEqual(delimiter("a\tb\n1\t2"), "\t")
        XCTAssertEqual(delimiter("a|b\n1|2"), "|")
        XCTAssertEqual(delimiter("E-Mail\na@example.org\nb@example.org"), ",")
    }

    func testSignsWithinFieldsDoNotMislead() {
        XCTAssertEqual(delimiter("Betrag;Rabatt\n1,7;2,3\n1,5;2,0\n"), ";")
        XCTAssertEqual(delimiter("ID;Titles (Mr = 1, Ms = 2, else 0);Groups (x,y,z)\n1;1;Customer, VIP\n2;1;Kids"), ";")
        XCTAssertEqual(delimiter("a;b;\"c,\"\"d,d\";e;\"f,f\""), ";")
        XCTAssertEqual(delimiter("\"a;a;a\",b\n\"1;1;1\",2\n"), ",")
    }

    func testExcelsFirstLineDecides() {
        let dialect = CSVDialect(detectingIn: Array("sep=;\r\na,b\r\n1,2".utf8))

        XCTAssertEqual(dialect.delimiter, UInt8(ascii: ";"))
        XCTAssertEqual(dialect.prologue, 7)
        XCTAssertEqual(CSVDialect(detectingIn: Array("\"sep=\t\"\na,b".utf8)).delimiter, UInt8(ascii: "\t"))
        XCTAssertEqual(CSVDialect(detectingIn: Array("sep=x\na,b".utf8)).prologue, 0)
    }
}
