import StrictJSON
import Wire
import XCTest

final class PartTests: XCTestCase {
    private let object = JSONWriter.object { $0.member("done", 5) }

    func testARowIsALineWithAStar() {
        XCTAssertEqual(written(.row(object), .word), "* {\"done\":5}\n")
    }

    func testProgressIsALineWithAPercentSign() {
        XCTAssertEqual(written(.progress(object), .word), "% {\"done\":5}\n")
    }

    func testInJSONBothAreNotificationsWithTheRequestsId() {
        XCTAssertEqual(
            written(.row(object), .json(id: .number("7"))),
            #"{"jsonrpc":"2.0","method":"row","params":{"id":7,"row":{"done":5}}}"# + "\n")
        XCTAssertEqual(
            written(.progress(object), .json(id: .string("a"))),
            #"{"jsonrpc":"2.0","method":"progress","params":{"id":"a","progress":{"done":5}}}"# + "\n")
    }

    private func written(_ part: Part, _ framing: Framing) -> String {
        var bytes: [UInt8] = []
        part.write(in: framing, to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}
