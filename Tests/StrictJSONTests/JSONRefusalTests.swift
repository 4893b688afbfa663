import StrictJSON
import XCTest

/// Texts RFC 8259 forbids, the mistake and its place.
final class JSONRefusalTests: XCTestCase {
    private typealias Case = (text: String, reason: JSONError.Reason, offset: Int)

    private func refuse(_ bytes: [UInt8], _ reason: JSONError.Reason, _ offset: Int, line: UInt) {
        XCTAssertThrowsError(try JSON(parsing: bytes), String(decoding: bytes, as: UTF8.self), line: line) { error in
            let label = String(decoding: bytes, as: UTF8.self)
            XCTAssertEqual(error as? JSONError, JSONError(reason: reason, offset: offset), label, line: line)
        }
    }

    private func refuse(_ cases: [Case], line: UInt = #line) {
        for (text, reason, offset) in cases { refuse(Array(text.utf8), reason, offset, line: line) }
    }

    func testATextWithoutAValueIsRefused() {
        refuse([("", .unexpectedEnd, 0), (" ", .unexpectedEnd, 1), ("\n\t", .unexpectedEnd, 2)])
    }

    func testWhatBeginsNoValueIsRefused() {
        refuse([
            ("x", .unexpectedByte, 0), ("'a'", .unexpectedByte, 0), ("NaN", .unexpectedByte, 0),
            ("Infinity", .unexpectedByte, 0), ("+1", .unexpectedByte, 0), (".5", .unexpectedByte, 0),
            ("True", .unexpectedByte, 0), ("NULL", .unexpectedByte, 0), ("]", .unexpectedByte, 0),
            ("}", .unexpectedByte, 0), (",", .unexpectedByte, 0), (":", .unexpectedByte, 0),
            ("/*x*/1", .unexpectedByte, 0),
            ("//x", .unexpectedByte, 0), ("\u{B}1", .unexpectedByte, 0), ("\u{C}1", .unexpectedByte, 0),
            ("\u{A0}1", .unexpectedByte, 0), ("\u{2060}1", .unexpectedByte, 0), ("\0", .unexpectedByte, 0),
            ("[,1]", .unexpectedByte, 1), ("[1,,2]", .unexpectedByte, 3), ("[NaN]", .unexpectedByte, 1),
            ("[a]", .unexpectedByte, 1), (#"{"a":}"#, .unexpectedByte, 5), (#"{"a":'b'}"#, .unexpectedByte, 5),
            (#"["a",'b']"#, .unexpectedByte, 5), ("é", .unexpectedByte, 0), ("[*]", .unexpectedByte, 1),
            (#"{"a":,"b":1}"#, .unexpectedByte, 5), ("undefined", .unexpectedByte, 0), ("<null>", .unexpectedByte, 0),
        ])
        refuse([0xFF], .unexpectedByte, 0, line: #line)
        refuse([0x5B, 0xFF, 0x5D], .unexpectedByte, 1, line: #line)
    }

    func testHalfLiteralsAreRefused() {
        refuse([
            ("nul", .unexpectedEnd, 3), ("t", .unexpectedEnd, 1), ("tru", .unexpectedEnd, 3),
            ("fals", .unexpectedEnd, 4),
            ("nil", .badLiteral, 0), ("tRue", .badLiteral, 0), ("falsy", .badLiteral, 0), ("[nul]", .badLiteral, 1),
            (" nulL", .badLiteral, 1), ("nan", .badLiteral, 0), ("[fals]", .badLiteral, 1),
        ])
    }

    func testBadNumbersAreRefused() {
        refuse([
            ("-", .unexpectedEnd, 1), ("1.", .unexpectedEnd, 2), ("1e", .unexpectedEnd, 2), ("1e+", .unexpectedEnd, 3),
            ("1E-", .unexpectedEnd, 3), ("-0.", .unexpectedEnd, 3), ("[-]", .badNumber, 2), ("--1", .badNumber, 1),
            ("-a", .badNumber, 1), ("-.5", .badNumber, 1), ("-Infinity", .badNumber, 1), ("-NaN", .badNumber, 1),
            ("1.e1", .badNumber, 2), ("[1.]", .badNumber, 3), ("[1e]", .badNumber, 3), ("1ee1", .badNumber, 2),
            ("1e+-1", .badNumber, 3), ("1e.5", .badNumber, 2), ("- 1", .badNumber, 1), ("2.e+3", .badNumber, 2),
            ("0.e1", .badNumber, 2), ("00", .leadingZero, 0), ("01", .leadingZero, 0), ("-01", .leadingZero, 1),
            ("012.5", .leadingZero, 0), ("[1,007]", .leadingZero, 3), ("-00", .leadingZero, 1),
            ("1_000", .trailingBytes, 1), ("0x10", .trailingBytes, 1), ("1.2.3", .trailingBytes, 3),
            ("1 000", .trailingBytes, 2), ("1,5", .trailingBytes, 1), ("1+2", .trailingBytes, 1),
            ("1f", .trailingBytes, 1),
            ("1e1.5", .trailingBytes, 3), ("[1 2]", .expectedComma, 3), ("[0x1]", .expectedComma, 2),
        ])
    }

    func testBadStringsAreRefused() {
        refuse([
            (#"""#, .unexpectedEnd, 1), (#""a"#, .unexpectedEnd, 2), (#""a\""#, .unexpectedEnd, 4),
            (#""\"#, .unexpectedEnd, 2),
            (#""\u"#, .unexpectedEnd, 3), (#""\u12"#, .unexpectedEnd, 5), (#""\ud83d\u"#, .unexpectedEnd, 9),
            ("\"a\nb\"", .controlCharacter, 2), ("\"\t\"", .controlCharacter, 1), ("\"\0\"", .controlCharacter, 1),
            ("\"\u{1F}\"", .controlCharacter, 1), ("\"\\\n\"", .badEscape, 1), ("[\"a\r\"]", .controlCharacter, 3),
            (#""\x41""#, .badEscape, 1), (#""\'""#, .badEscape, 1), (#""\0""#, .badEscape, 1),
            (#""a\N""#, .badEscape, 2),
            (#""\ ""#, .badEscape, 1), (#""\U0041""#, .badEscape, 1), (#""\v""#, .badEscape, 1),
            (#""\é""#, .badEscape, 1),
            (#""\u""#, .badUnicodeEscape, 1), (#""\u12""#, .badUnicodeEscape, 1), (#""\u00G0""#, .badUnicodeEscape, 1),
            (#""\u 041""#, .badUnicodeEscape, 1), (#""\u+041""#, .badUnicodeEscape, 1),
            (#""\ud83d\u00""#, .badUnicodeEscape, 7), (#""\uD800""#, .loneSurrogate, 1),
            (#""\uDC00""#, .loneSurrogate, 1), (#""\ud800\n""#, .loneSurrogate, 1), (#""\ud800x""#, .loneSurrogate, 1),
            (#""\ud800\u0041""#, .loneSurrogate, 1), (#""\ud800\ud800""#, .loneSurrogate, 1),
            (#""\udc00\ud800""#, .loneSurrogate, 1), (#""ab\udfff""#, .loneSurrogate, 3),
            (#""\uDBFF\uE000""#, .loneSurrogate, 1),
        ])
    }

    func testBadUTF8IsRefused() {
        let sequences: [[UInt8]] = [
            [0x80], [0xBF], [0xC0, 0x80], [0xC0, 0xAF], [0xC1, 0xBF], [0xC3], [0xC3, 0x28], [0xE0, 0x80, 0x80],
            [0xE0, 0x9F, 0xBF], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80],
            [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98],
            [0xF0, 0x9F, 0x98, 0x28], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
            [0xFE], [0xFF],
        ]
        for sequence in sequences {
            refuse([0x22, 0x61] + sequence + [0x22], .badUTF8, 2, line: #line)
            refuse([0x22, 0x61] + sequence, .badUTF8, 2, line: #line)
        }
        refuse(Array("{\"\u{E9}".utf8) + [0xE9, 0x22, 0x3A, 0x31, 0x7D], .badUTF8, 4, line: #line)
    }

    func testBadArraysAreRefused() {
        refuse([
            ("[", .unexpectedEnd, 1), ("[1", .unexpectedEnd, 2), ("[1,", .unexpectedEnd, 3), ("[[]", .unexpectedEnd, 3),
            ("[1,]", .trailingComma, 2), ("[1 , ]", .trailingComma, 3), ("[1}", .expectedComma, 2),
            ("[1:2]", .expectedComma, 2),
            (#"["a" "b"]"#, .expectedComma, 5), (#"["a":1]"#, .expectedComma, 4), ("[]]", .trailingBytes, 2),
            ("[1;2]", .expectedComma, 2), ("[][]", .trailingBytes, 2), ("[1],", .trailingBytes, 3),
        ])
    }

    func testBadObjectsAreRefused() {
        refuse([
            ("{", .unexpectedEnd, 1), (#"{"a"#, .unexpectedEnd, 3), (#"{"a""#, .unexpectedEnd, 4),
            (#"{"a":"#, .unexpectedEnd, 5),
            (#"{"a":1"#, .unexpectedEnd, 6), (#"{"a":1,"#, .unexpectedEnd, 7), ("{a:1}", .expectedName, 1),
            ("{1:1}", .expectedName, 1), ("{,}", .expectedName, 1), ("{'a':1}", .expectedName, 1),
            ("{null:1}", .expectedName, 1),
            (#"{"a":1,b:2}"#, .expectedName, 7), (#"{"a":1,,}"#, .expectedName, 7), ("{]", .expectedName, 1),
            (#"{"a"}"#, .expectedColon, 4), (#"{"a",1}"#, .expectedColon, 4), (#"{"a" 1}"#, .expectedColon, 5),
            (#"{"a"=1}"#, .expectedColon, 4), (#"{"a"::1}"#, .unexpectedByte, 5), (#"{"a":1]"#, .expectedComma, 6),
            (#"{"a":1 "b":2}"#, .expectedComma, 7), (#"{"a":1;"b":2}"#, .expectedComma, 6),
            (#"{"a":1,}"#, .trailingComma, 6),
            (#"{"a":1}}"#, .trailingBytes, 7), (#"{"a":1}/**/"#, .trailingBytes, 7), ("{}{}", .trailingBytes, 2),
        ])
    }

    func testWhatFollowsTheValueIsRefused() {
        refuse([
            ("null x", .trailingBytes, 5), ("1 2", .trailingBytes, 2), (#""a""b""#, .trailingBytes, 3),
            ("true,", .trailingBytes, 4), ("{}#", .trailingBytes, 2), ("1\u{A0}", .trailingBytes, 1),
            ("1\0", .trailingBytes, 1),
            ("nulll", .trailingBytes, 4), ("1\u{FEFF}", .trailingBytes, 1),
        ])
    }

    func testAByteOrderMarkIsRefused() {
        refuse([
            ("\u{FEFF}null", .byteOrderMark, 0), ("\u{FEFF}", .byteOrderMark, 0), (" \u{FEFF}1", .unexpectedByte, 1),
        ])
        refuse([0xFF, 0xFE, 0x31, 0x00], .unexpectedByte, 0, line: #line)
    }

    func testNestingBeyondTheLimitIsRefused() {
        let limit = JSONReader.depthLimit
        refuse([
            (String(repeating: "[", count: limit + 1), .tooDeep, limit),
            (String(repeating: "[", count: 100_000), .tooDeep, limit),
            (String(repeating: "{\"\":", count: limit) + "[]", .tooDeep, 4 * limit),
        ])
    }

    func testDescriptionsAreOneLowercaseLineWithThePlace() {
        let error = JSONError(reason: .trailingComma, offset: 17)

        XCTAssertEqual(error.description, "json has a comma with nothing behind it at byte 17")
    }
}
