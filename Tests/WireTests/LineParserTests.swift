import StrictJSON
import TestSupport
import Wire
import XCTest

final class LineParserTests: XCTestCase {
    private func parse(_ text: String, isFirst: Bool = false) -> Line {
        LineParser.parse(Array(text.utf8), isFirst: isFirst)
    }

    func testEmptyLinesAndCommentsAreBlank() {
        for text in ["", "\r", " ", "   \r", "--", "-- a comment", "--\u{0}", "  -- indented"] {
            XCTAssertEqual(parse(text, isFirst: true), .blank, text)
        }
        XCTAssertEqual(LineParser.parse([0x2D, 0x2D, 0xFF], isFirst: false), .blank)
    }

    func testAFirstLineOfAnotherProtocolIsForeign() {
        let methods = ["GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "PATCH", "TRACE"]
        for method in methods {
            XCTAssertEqual(parse("\(method) /a?b=c HTTP/1.1\r", isFirst: true), .foreign, method)
        }
        XCTAssertEqual(parse("GET / HTTP/1.0", isFirst: true), .foreign)
        XCTAssertEqual(parse("PRI * HTTP/2.0\r", isFirst: true), .foreign)
    }

    func testNoConversationBeginsAsTLSDoes() {
        XCTAssertFalse(LineParser.mayBegin(with: 0x16))
        for byte in "hello{@-\r".utf8 { XCTAssertTrue(LineParser.mayBegin(with: byte)) }
    }

    func testWhatOnlyResemblesAnotherProtocolIsNotForeign() {
        let error = Line.malformed(WireError(reason: .badVerb, column: 1), .word)
        for text in [
            "GET", "GET /", "GET / FTP/1.1", "GETS / HTTP/1.1", "GET / HTTP/", "Get / HTTP/1.1", "BREW / HTTP/1.1",
        ] {
            XCTAssertEqual(parse(text, isFirst: true), error, text)
        }
        XCTAssertEqual(parse("GET / HTTP/1.1", isFirst: false), error)
        XCTAssertEqual(
            LineParser.parse([0x16, 0x02], isFirst: true),
            .malformed(WireError(reason: .controlCharacter, column: 1), .word))
    }

    func testMutatedLinesNeverCrashAndErrorsPointIntoTheLine() {
        let seeds = [
            #"@acme order.register channel=pos customer={"name":"Ann Öz"} lines=[{"q":2}] x="a b" 7"#,
            #"{"jsonrpc":"2.0","id":7,"method":"order.register","params":{"tenant":"acme","a":[1,null]}}"#,
            "use acme as=lena\r", "GET / HTTP/1.1\r", "-- comment", #"[{"id":1}]"#,
        ].map { Array($0.utf8) }
        let alphabet = Array(#"@ ={}[]",:\-.a9Z"#.utf8) + [0, 9, 10, 13, 0x16, 0x03, 0x7F, 0x80, 0xC3, 0xE2, 0xFF]
        var generator = SeededGenerator(seed: 64)
        var requests = 0
        for round in 0..<50_000 {
            var bytes = seeds[round % seeds.count]
            for _ in 0...generator.below(3) {
                let index = generator.below(bytes.count)
                switch generator.below(3) {
                case 0: bytes[index] = alphabet[generator.below(alphabet.count)]
                case 1: bytes.insert(alphabet[generator.below(alphabet.count)], at: index)
                default: bytes.removeSubrange(index..<min(bytes.count, index + generator.below(4)))
                }
                if bytes.isEmpty { bytes = [0x20] }
            }
            switch LineParser.parse(bytes, isFirst: round % 2 == 0) {
            case .blank, .foreign: break
            case .request(let request):
                requests += 1
                guard !request.verb.isEmpty else { return XCTFail("\(bytes)") }
            case .malformed(let error, _):
                guard (1...bytes.count + 1).contains(error.column) else { return XCTFail("\(error): \(bytes)") }
            }
        }
        XCTAssertGreaterThan(requests, 5000)
    }
}
