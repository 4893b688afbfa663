import StrictJSON
import XCTest

@testable import ControlClient

final class TableTests: XCTestCase {
    func testColumnsAreTheUnionOfAllMembersInFirstSeenOrder() throws {
        let table = try Self.table(#"{"id":1,"name":"Bo"}"#, #"{"name":"Ann","tags":["a","b"],"id":null}"#)

        XCTAssertEqual(table.columns, ["id", "name", "tags"])
        XCTAssertEqual(table.tabSeparated, "id\tname\ttags\n1\tBo\t\n\tAnn\t[\"a\",\"b\"]\n")
    }

    func testControlCharactersStayInTheirCell() throws {
        let table = try Self.table(#"{"a":"x\ty\nz\r\u001b[31m\u0085","b":"\u007f"}"#)

        XCTAssertEqual(table.tabSeparated, "a\tb\nx\\ty\\nz\\r\\u001b[31m\\u0085\t\\u007f\n")
    }

    func testColumnsAreAlignedWithoutSpacesAtTheEnd() throws {
        let table = try Self.table(#"{"id":1,"name":"Bo"}"#, #"{"id":170,"name":"Änne"}"#)

        XCTAssertEqual(table.aligned(width: 80), "id   name\n1    Bo\n170  Änne\n")
    }

    func testTheWidestColumnIsCutToFit() throws {
        let table = try Self.table(#"{"id":1,"note":"abcdefghijklmnop"}"#)

        XCTAssertEqual(table.aligned(width: 12), "id  note\n1   abcdefg…\n")
    }

    func testATerminalTooNarrowForAllColumnsShowsTheFirst() throws {
        let table = try Self.table(#"{"a":"12345678","b":"12345678","c":"12345678"}"#)

        XCTAssertEqual(table.aligned(width: 9), "a     b …\n123…  12…\n")
    }

    func testARowThatIsNoObjectIsAValue() throws {
        XCTAssertEqual(try Self.table("7").tabSeparated, "value\n7\n")
    }

    private static func table(_ rows: String...) throws -> Table {
        Table(try rows.map { try JSON(parsing: $0) })
    }
}
