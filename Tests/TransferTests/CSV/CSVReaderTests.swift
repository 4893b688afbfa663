import Transfer
import XCTest

final class CSVReaderTests: XCTestCase {
    func testAnyLineEndEndsARecord() {
        for end in ["\n", "\r\n", "\r"] {
            XCTAssertEqual(Table("a,b\(end)c,d\(end)").rows, [["a", "b"], ["c", "d"]])
            XCTAssertEqual(Table("a,b\(end)c,d").rows, [["a", "b"], ["c", "d"]])
        }
    }

    func testAnEmptyLineIsARecordOfOneEmptyField() {
        let table = Table("a,b\n\nc,d\n\n")

        XCTAssertEqual(table.rows, [["a", "b"], [""], ["c", "d"], [""]])
        XCTAssertEqual(table.records.map(\.isBlank), [false, true, false, true])
        XCTAssertEqual(Table("").rows, [])
        XCTAssertEqual(Table(",").rows, [["", ""]])
    }

    func testQuotedFieldsHoldDelimitersQuotationMarksAndLineEnds() {
        let table = Table("a,\"b,\"\"c\"\"\r\nd\",e\nf,\"\",g")

        XCTAssertEqual(table.rows, [["a", "b,\"c\"\r\nd", "e"], ["f", "", "g"]])
        XCTAssertEqual(table.problems, [])
    }

    func testRecordsKnowTheLineOnWhichTheyBegin() {
        let table = Table("a,b\r\n\"c\nc\nc\",d\r\ne\r\rf")

        XCTAssertEqual(table.records.map(\.line), [1, 2, 5, 6, 7])
    }

    func testAQuotationMarkInsideAnUnquotedFieldIsText() {
        let table = Table("a,5\" disk, \"b\" ,c\"")

        XCTAssertEqual(table.rows, [["a", "5\" disk", " \"b\" ", "c\""]])
        XCTAssertEqual(table.problems, [])
    }

    func testBlanksAfterAClosingQuotationMarkAreDropped() {
        XCTAssertEqual(Table("\"a\" ,\"b\"\t \n\"c\"  ").rows, [["a", "b"], ["c"]])
    }

    func testAQuotationMarkThatIsNotDoubledIsKeptAndReported() {
        let table = Table("1,\"Hey, I missed \" it\",3\n4,\"b\"c\",5\n6,7,8")

        XCTAssertEqual(table.rows, [["1", "Hey, I missed \" it", "3"], ["4", "b\"c", "5"], ["6", "7", "8"]])
        XCTAssertEqual(table.records.map(\.problem), [.strayQuote, .strayQuote, nil])
    }

    func testAQuotationMarkNeverClosedIsReportedWhereItBegins() {
        let table = Table("a,b\nc,\"d\ne,f\n")

        XCTAssertEqual(table.rows, [["a", "b"], ["c", "d\ne,f\n"]])
        XCTAssertEqual(table.records.map(\.problem), [nil, .unclosedQuote])
        XCTAssertEqual(table.records[1].line, 2)
    }

    func testARecordBeyondTheLimitIsCutAndReported() {
        let long = String(repeating: "x", count: CSVReader.byteLimit + 10)

        let table = Table("a,\(long),b\nc,d")

        XCTAssertEqual(table.records.map(\.problem), [.tooLong(limit: CSVReader.byteLimit), nil])
        XCTAssertEqual(table.rows[1], ["c", "d"])
        XCTAssertLessThanOrEqual(table.rows[0].reduce(0) { $0 + $1.utf8.count }, CSVReader.byteLimit)
    }

    func testTooManyFieldsAreReported() {
        let table = Table(String(repeating: ",", count: 5_000) + "\na,b")

        XCTAssertEqual(table.records.map(\.problem), [.tooManyFields(limit: CSVReader.fieldLimit), nil])
        XCTAssertEqual(table.records.map(\.count), [CSVReader.fieldLimit, 2])
    }

    func testAFieldThatIsNotThereIsEmpty() {
        let table = Table("a,b")

        XCTAssertEqual(table.records[0].text(7), "")
        XCTAssertTrue(table.records[0].isEmpty(7))
        XCTAssertFalse(table.records[0].isEmpty(1))
    }
}
