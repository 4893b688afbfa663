import StrictJSON
import XCTest

final class JSONTests: XCTestCase {
    func testAccessorsAnswerForTheirOwnKindOnly() throws {
        let json = try JSON(parsing: #"{"s":"x","b":true,"a":[null],"n":-7,"o":{}}"#)

        XCTAssertEqual(json["s"]?.stringValue, "x")
        XCTAssertEqual(json["b"]?.boolValue, true)
        XCTAssertEqual(json["a"]?.arrayValue, [.null])
        XCTAssertEqual(json["n"]?.integerValue, -7)
        XCTAssertEqual(json["o"]?.objectValue, [])
        XCTAssertNil(json["missing"])
        XCTAssertNil(json.stringValue)
        XCTAssertNil(json.boolValue)
        XCTAssertNil(json.arrayValue)
        XCTAssertNil(json.integerValue)
        XCTAssertNil(json["a"]?.objectValue)
        XCTAssertNil(json["a"]?["s"])
    }

    func testOnlyPlainIntegersThatFitAreIntegers() {
        XCTAssertEqual(JSON.number("9223372036854775807").integerValue, .max)
        XCTAssertEqual(JSON.number("-9223372036854775808").integerValue, .min)
        XCTAssertEqual(JSON.number("-0").integerValue, 0)
        for text in ["9223372036854775808", "1.0", "1e3", "0.5"] { XCTAssertNil(JSON.number(text).integerValue, text) }
        XCTAssertNil(JSON.string("1").integerValue)
    }

    func testStringsAreComparedByTheirBytes() {
        XCTAssertEqual(JSON.string("\u{E9}"), .string("\u{E9}"))
        XCTAssertNotEqual(JSON.string("\u{E9}"), .string("e\u{301}"))
        XCTAssertNotEqual(JSON.string("K"), .string("\u{212A}"))
        XCTAssertNotEqual(JSON.number("1"), .number("1.0"))
        XCTAssertNotEqual(JSON.null, .bool(false))
        XCTAssertNil(JSON.object([.init(name: "\u{212A}", value: .null)])["K"])
    }

    func testCanonicalSortsByBytesAndKeepsTheLastOfEqualNames() throws {
        let json = try JSON(parsing: #"{"b":1,"ä":2,"B":3,"b":{"y":1,"x":[{"d":1,"c":2}]},"":4}"#)

        XCTAssertEqual(json.canonical.text, #"{"":4,"B":3,"b":{"x":[{"c":2,"d":1}],"y":1},"ä":2}"#)
    }

    func testTextIsCompact() throws {
        let json = try JSON(parsing: #" { "a" : [ 1 , "\u00e9\u000A" ] , "b" : null } "#)

        XCTAssertEqual(json.text, #"{"a":[1,"é\n"],"b":null}"#)
    }

    func testReadingStopsAtTheEndOfTheValue() throws {
        let bytes = Array(#"a={"b":[1]} c=2"#.utf8)

        let (value, end) = try bytes.withUnsafeBufferPointer { try JSONReader.readValue(in: $0, from: 2) }

        XCTAssertEqual(value.text, #"{"b":[1]}"#)
        XCTAssertEqual(end, 11)
    }

    func testReadingNeitherSkipsWhitespaceNorRunsBeyondTheBuffer() {
        let bytes = Array(" 1".utf8)

        for (offset, reason) in [(0, JSONError.Reason.unexpectedByte), (2, .unexpectedEnd)] {
            XCTAssertThrowsError(
                try bytes.withUnsafeBufferPointer { try JSONReader.readValue(in: $0, from: offset) }
            ) { error in
                XCTAssertEqual(error as? JSONError, JSONError(reason: reason, offset: offset))
            }
        }
    }
}
