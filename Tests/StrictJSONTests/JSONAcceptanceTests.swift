import StrictJSON
import XCTest

/// Texts RFC 8259 allows, and what they say.
final class JSONAcceptanceTests: XCTestCase {
    private func accept(_ cases: [(text: String, value: JSON)], line: UInt = #line) {
        for (text, value) in cases {
            XCTAssertEqual(try JSON(parsing: text), value, text, line: line)
        }
    }

    func testLiteralsAreRead() {
        accept([
            ("null", .null), ("true", .bool(true)), ("false", .bool(false)),
            (" null", .null), ("null ", .null), ("\t\n\r true \r\n\t", .bool(true)),
        ])
    }

    func testNumbersKeepTheirText() {
        let numbers = [
            "0", "-0", "1", "-1", "9", "10", "123", "-123", "0.0", "-0.0", "0.5", "1.50", "12.500000", "1e1", "1E1",
            "1e+1", "1e-1", "1E+01", "0e0", "0E+00", "0.1e1", "123.456e78", "-1.5E-2", "1e400", "-1e-400",
            "9223372036854775807", "-9223372036854775808", "123456789012345678901234567890", "0.10000000000000000001",
            "20e1", "123e65", "0e1",
        ]
        accept(numbers.map { ($0, .number($0)) })
    }

    func testPlainStringsAreRead() {
        accept([
            (#""""#, .string("")), (#""a""#, .string("a")), (#"" ""#, .string(" ")),
            (#""fifteen bytes!!""#, .string("fifteen bytes!!")), (#""sixteen bytes!!!""#, .string("sixteen bytes!!!")),
            (#""Ann Öz""#, .string("Ann Öz")), (#""€""#, .string("€")), (#""😀""#, .string("😀")),
            ("\"\u{7F}\"", .string("\u{7F}")), ("\"\u{80}\"", .string("\u{80}")), ("\"\u{7FF}\"", .string("\u{7FF}")),
            ("\"\u{800}\"", .string("\u{800}")), ("\"\u{D7FF}\"", .string("\u{D7FF}")),
            ("\"\u{E000}\"", .string("\u{E000}")), ("\"\u{FFFF}\"", .string("\u{FFFF}")),
            ("\"\u{10000}\"", .string("\u{10000}")), ("\"\u{10FFFF}\"", .string("\u{10FFFF}")),
            ("\"\u{2028}\u{2029}\"", .string("\u{2028}\u{2029}")), ("\"\u{FEFF}\"", .string("\u{FEFF}")),
            (#""'/{}[]:,""#, .string("'/{}[]:,")), (#""null""#, .string("null")), (#""12""#, .string("12")),
        ])
    }

    func testEscapesAreDecoded() {
        accept([
            (#""\"""#, .string("\"")), (#""\\""#, .string("\\")), (#""\/""#, .string("/")),
            (#""\b""#, .string("\u{8}")), (#""\f""#, .string("\u{C}")), (#""\n""#, .string("\n")),
            (#""\r""#, .string("\r")), (#""\t""#, .string("\t")), (#""\u0000""#, .string("\0")),
            (#""\u0041""#, .string("A")), (#""\u00e9""#, .string("\u{E9}")), (#""\u00E9""#, .string("\u{E9}")),
            (#""\u007f""#, .string("\u{7F}")), (#""\u0080""#, .string("\u{80}")), (#""\u07FF""#, .string("\u{7FF}")),
            (#""\u0800""#, .string("\u{800}")), (#""\u20ac""#, .string("€")), (#""\uFFFF""#, .string("\u{FFFF}")),
            (#""\uD7FF""#, .string("\u{D7FF}")), (#""\uE000""#, .string("\u{E000}")),
            (#""\ud83d\ude00""#, .string("😀")), (#""\uD800\uDC00""#, .string("\u{10000}")),
            (#""\uDBFF\uDFFF""#, .string("\u{10FFFF}")), (#""a\nb\tc""#, .string("a\nb\tc")),
            (#""Ö\u00d6Ö""#, .string("ÖÖÖ")), (#""\\u0041""#, .string("\\u0041")), (#""\\\"\\""#, .string("\\\"\\")),
            (#""\u0061\u0062 plain \u0063""#, .string("ab plain c")),
        ])
    }

    func testArraysAreRead() {
        accept([
            ("[]", .array([])), ("[ ]", .array([])), ("[\n\t]", .array([])), ("[1]", .array([.number("1")])),
            ("[1,2]", .array([.number("1"), .number("2")])), ("[ 1 , 2 ]", .array([.number("1"), .number("2")])),
            ("[[]]", .array([.array([])])), ("[[],[]]", .array([.array([]), .array([])])),
            ("[{}]", .array([.object([])])), ("[null,true,\"\"]", .array([.null, .bool(true), .string("")])),
            (#"["a","b"]"#, .array([.string("a"), .string("b")])), ("[1\n]", .array([.number("1")])),
        ])
    }

    func testObjectsAreRead() {
        func one(_ value: JSON) -> JSON { .object([.init(name: "a", value: value)]) }
        accept([
            ("{}", .object([])), ("{ }", .object([])), (#"{"a":1}"#, one(.number("1"))),
            (#"{ "a" : 1 }"#, one(.number("1"))), ("{\"a\"\n:\t1\r}", one(.number("1"))),
            (#"{"a":{}}"#, one(.object([]))),
            (#"{"a":[]}"#, one(.array([]))), (#"{"\u0061":null}"#, one(.null)),
            (#"{"":0}"#, .object([.init(name: "", value: .number("0"))])),
            (#"{"a":{"a":{"a":true}}}"#, one(one(one(.bool(true))))),
            (
                #"{"b":1,"a":2}"#,
                .object([.init(name: "b", value: .number("1")), .init(name: "a", value: .number("2"))])
            ),
        ])
    }

    func testARepeatedNameIsAcceptedAndTheLastWins() throws {
        let json = try JSON(parsing: #"{"a":1,"b":2,"a":3}"#)

        XCTAssertEqual(json["a"], .number("3"))
        XCTAssertEqual(json.objectValue?.count, 3)
    }

    func testNestingMayReachTheLimit() throws {
        let limit = JSONReader.depthLimit
        let arrays = String(repeating: "[", count: limit) + String(repeating: "]", count: limit)
        let objects = String(repeating: "{\"a\":", count: limit - 1) + "{}" + String(repeating: "}", count: limit - 1)

        XCTAssertEqual(try JSON(parsing: arrays).text, arrays)
        XCTAssertEqual(try JSON(parsing: objects).text, objects)
        XCTAssertEqual(try JSON(parsing: "[" + String(repeating: "[],", count: 1000) + "[]]").arrayValue?.count, 1001)
    }
}
