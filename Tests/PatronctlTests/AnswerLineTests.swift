import StrictJSON
import XCTest

@testable import ControlClient

final class AnswerLineTests: XCTestCase {
    func testEveryKindOfLineIsKnownByItsBeginning() throws {
        let empty = JSON.object([])
        let table: [(String, AnswerLine)] = [
            ("* {}", .row(empty)),
            ("% {}", .progress(empty)),
            ("OK {}", .ok(empty)),
            ("ERR 404 no-tenant {}", .failed(ClientFailure(code: 404, slug: "no-tenant", body: empty))),
            ("! 3 order.registered {}", .event(ClientEvent(seq: 3, topic: "order.registered", body: empty))),
            (#"{"id":1}"#, .response(try JSON(parsing: #"{"id":1}"#))),
            (#"{"method":"row"}"#, .notification(try JSON(parsing: #"{"method":"row"}"#))),
        ]

        for (text, line) in table {
            XCTAssertEqual(try AnswerLine(parsing: Array(text.utf8)), line)
        }
    }

    func testAnythingElseIsRefused() {
        for text in ["", "OK", "OK ", "OK {} ", "OK {", "ok {}", "ERR x slug {}", "ERR 404 {}", "! {}", "{", "hello"] {
            XCTAssertThrowsError(try AnswerLine(parsing: Array(text.utf8))) {
                XCTAssertEqual($0 as? ClientError, .unknownAnswer(text))
            }
        }
    }
}
