import StrictJSON
import XCTest

@testable import ControlClient

final class AnswerPrinterTests: XCTestCase {
    private static let plain = AnswerStyle(isJSON: false, width: nil, showsProgress: false)
    private static let json = AnswerStyle(isJSON: true, width: nil, showsProgress: false)

    func testAnObjectIsShownMemberByMember() throws {
        let shown = try show(#"OK {"id":3,"phone":null,"tags":["VIP"],"name":"a\nb"}"#)

        XCTAssertEqual(shown, ["1: id: 3\nphone: \ntags: [\"VIP\"]\nname: a\\nb\n"])
    }

    func testAnEmptyObjectShowsNothing() throws {
        XCTAssertEqual(try show("OK {}"), [])
    }

    func testAListIsATableAndItsEndGoesBesideIt() throws {
        let shown = try show(#"* {"id":1}"#, #"* {"id":2}"#, #"OK {"rows":2,"next":"k"}"#)

        XCTAssertEqual(shown, ["1: id\n1\n2\n", "2: rows: 2\nnext: k\n"])
    }

    func testAFailureGoesToStandardErrorWithItsDetails() throws {
        let shown = try show(#"ERR 409 coupon-exhausted {"message":"used up","limit":100}"#)

        XCTAssertEqual(shown, ["2: error: used up (coupon-exhausted)\nlimit: 100\n"])
    }

    func testJSONRowsComeWithoutTheirTerminator() throws {
        let lines = [#"* {"id":1}"#, #"OK {"rows":1,"next":null}"#, #"OK {"id":3}"#, "OK {}"]

        XCTAssertEqual(try show(lines, style: Self.json), ["1: {\"id\":1}\n{\"id\":3}\n{}\n"])
    }

    func testAJSONFailureHasItsCodeAndSlug() throws {
        let shown = try show([#"ERR 404 no-customer {"message":"none","id":9}"#], style: Self.json)

        XCTAssertEqual(shown, ["2: {\"code\":404,\"slug\":\"no-customer\",\"message\":\"none\",\"id\":9}\n"])
    }

    func testPiecesOfAFileAreShownAsTheyAre() throws {
        let shown = try show(#"* {"text":"a\tb\r\n"}"#, #"* {"data":"w6k="}"#, #"* {"text":"end"}"#, "OK {}")

        XCTAssertEqual(shown, ["1: a\tb\r\néend"])
    }

    func testDataThatIsNoBase64IsAnUnknownAnswer() throws {
        var printer = AnswerPrinter(style: Self.plain)
        let row = try JSON(parsing: #"{"data":"%"}"#)

        XCTAssertThrowsError(try printer.take(.row(row), of: "customer.export")) {
            XCTAssertEqual($0 as? ClientError, .unknownAnswer(#"{"data":"%"}"#))
        }
    }

    func testEveryRowOfHelpIsALine() throws {
        XCTAssertEqual(try show([#"* {"text":"a"}"#, #"* {"text":"b\n"}"#, "OK {}"], verb: "help"), ["1: a\nb\n"])
    }

    func testEventsAreShownAsTheyCome() throws {
        let event = #"! 12 order.registered {"seq":12,"at":"x"}"#

        XCTAssertEqual(try show(event), ["1: 12 order.registered {\"seq\":12,\"at\":\"x\"}\n"])
        XCTAssertEqual(
            try show([event], style: Self.json), ["1: {\"seq\":12,\"topic\":\"order.registered\",\"at\":\"x\"}\n"])
    }

    func testProgressIsShownToPeopleAndWipedAway() throws {
        let watched = AnswerStyle(isJSON: false, width: 80, showsProgress: true)
        let lines = [#"% {"done":1,"total":2}"#, #"OK {"id":1}"#]

        XCTAssertEqual(try show(lines, style: watched), ["2: done 1, total 2\r\u{1B}[K", "1: id: 1\n"])
        XCTAssertEqual(try show(lines), ["1: id: 1\n"])
    }

    func testAJSONResponseIsShownWhole() throws {
        let response = #"{"jsonrpc":"2.0","id":7,"error":{"code":400,"message":"x"}}"#
        var printer = AnswerPrinter(style: Self.plain)

        try printer.take(AnswerLine(parsing: Array(response.utf8)), of: "")

        XCTAssertEqual(printer.takeShown(), [ShownText(stream: .output, bytes: Array((response + "\n").utf8))])
        XCTAssertTrue(printer.hasFailed)
    }

    func testOnlyAFailureCountsAsOne() throws {
        var printer = AnswerPrinter(style: Self.plain)

        try printer.take(.ok(.object([])), of: "hello")
        XCTAssertFalse(printer.hasFailed)

        try printer.take(.failed(ClientFailure(code: 400, slug: "syntax", body: .object([]))), of: "hello")
        try printer.take(.ok(.object([])), of: "hello")
        XCTAssertTrue(printer.hasFailed)
    }

    private func show(_ lines: String...) throws -> [String] { try show(lines) }

    /// What a printer shows for some lines: each text behind the number of its descriptor.
    private func show(_ lines: [String], style: AnswerStyle = plain, verb: String = "x") throws -> [String] {
        var printer = AnswerPrinter(style: style)
        for line in lines { try printer.take(AnswerLine(parsing: Array(line.utf8)), of: verb) }
        return printer.takeShown().map {
            ($0.stream == .output ? "1: " : "2: ") + String(decoding: $0.bytes, as: UTF8.self)
        }
    }
}
