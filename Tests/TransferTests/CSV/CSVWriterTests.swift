import Transfer
import XCTest

final class CSVWriterTests: XCTestCase {
    private func written(_ rows: [[String]], delimiter: Character = ",") -> String {
        var writer = CSVWriter(delimiter: delimiter.asciiValue ?? 0)
        for row in rows { writer.record(row) }
        return String(decoding: writer.take(), as: UTF8.self)
    }

    func testOnlyFieldsThatNeedThemGetQuotationMarks() {
        XCTAssertEqual(
            written([["a", "b,c", "d\"e", "f\ng", " h", ""]]), "a,\"b,c\",\"d\"\"e\",\"f\ng\",\" h\",\r\n")
        XCTAssertEqual(written([["a,b", "c;d"]], delimiter: ";"), "a,b;\"c;d\"\r\n")
    }

    func testALoneEmptyFieldIsNotAnEmptyLine() {
        XCTAssertEqual(written([[""]]), "\"\"\r\n")
    }

    func testWhatBeginsLikeAFormulaIsTextInASpreadsheet() {
        XCTAssertEqual(
            written([["=1+1", "+49 30 1", "-5", "-5.20", "-5-2", "@handle", "'=x", "O'Neil", "\tx"]]),
            "'=1+1,'+49 30 1,-5,-5.20,'-5-2,'@handle,''=x,O'Neil,'\tx\r\n")
        XCTAssertEqual(written([["＝1+1"]]), "'＝1+1\r\n")
    }

    func testProtectionIsTakenOffExactlyWhereItWasPutOn() {
        for text in [
            "", "a", "'", "''", "'a", "=1", "'=1", "''=1", "+49 30 123456", "-5", "'-5", "-5,2", "'-5.2.1", "-", "'-",
            "@x", "'+", "\t", "'\r\n", "＋", "'＝",
            "O'Neil", "e\u{301}", "'\u{301}=",
        ] {
            XCTAssertEqual(SpreadsheetText.plain(SpreadsheetText.protected(text)), text)
        }
        XCTAssertEqual(SpreadsheetText.plain("=SUM(A1)"), "=SUM(A1)")
        XCTAssertEqual(SpreadsheetText.plain("'Ndrangheta"), "'Ndrangheta")
    }
}
