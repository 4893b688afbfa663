import XCTest

@testable import ControlClient

final class RequestLineTests: XCTestCase {
    func testEachArgumentBecomesOneToken() {
        let table: [(argument: String, token: String)] = [
            ("17", "17"),
            ("email=ann@example.org", "email=ann@example.org"),
            ("", #""""#),
            ("name=", "name="),
            ("Ann Öz", #""Ann Öz""#),
            ("name=Ann Öz", #"name="Ann Öz""#),
            ("text=a\tb\nc\u{7F}", "text=\"a\\tb\\nc\u{7F}\""),
            (#"say="hello" he said"#, #"say="\"hello\" he said""#),
            (#"name="Ann Öz""#, #"name="Ann Öz""#),
            (#"""#, #""\"""#),
            ("[draft", #""[draft""#),
            ("{oops}", #""{oops}""#),
            ("lines=[\n  {\"sku\": \"MUG\",\n   \"unit_price\": 7.50}\n]", #"lines=[{"sku":"MUG","unit_price":7.50}]"#),
            (#"details={"a":"x\ny"}"#, #"details={"a":"x\ny"}"#),
            ("a=b=c", "a=b=c"),
            ("größe=8 cm", #""größe=8 cm""#),
            ("1=2", "1=2"),
            ("=x", "=x"),
            ("a=\u{301}", "a=\u{301}"),
            ("@home", "@home"),
            (#""a=b""#, #""a=b""#),
        ]

        for (argument, token) in table {
            XCTAssertEqual(RequestLine.token(argument), token)
        }
    }

    func testATenantGoesBeforeTheVerb() {
        let line = RequestLine.line(tenant: "acme", verb: "customer.find", arguments: ["name=Bo Li", "limit=2"])

        XCTAssertEqual(line, #"@acme customer.find name="Bo Li" limit=2"#)
        XCTAssertEqual(RequestLine.line(tenant: nil, verb: "hello", arguments: []), "hello")
    }

    func testTheVerbOfALineIsFoundBehindItsTenant() {
        XCTAssertEqual(RequestLine.verb(of: Array("@acme event.watch from=now".utf8)), "event.watch")
        XCTAssertEqual(RequestLine.verb(of: Array("  help\r".utf8)), "help")
        XCTAssertEqual(RequestLine.verb(of: Array(#"{"jsonrpc":"2.0"}"#.utf8)), "")
    }

    func testEmptyLinesAndCommentsGetNoAnswer() {
        for line in ["", "  ", "\r", "-- a comment", "  --"] {
            XCTAssertTrue(RequestLine.isBlank(Array(line.utf8)), line)
        }
        for line in ["-", "\t", "hello", "x --"] {
            XCTAssertFalse(RequestLine.isBlank(Array(line.utf8)), line)
        }
    }
}
