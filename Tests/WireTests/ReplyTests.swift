import StrictJSON
import Wire
import XCTest

final class ReplyTests: XCTestCase {
    private let rows = [JSONWriter.object { $0.member("id", 3) }, JSONWriter.object { $0.member("id", 4) }]
    private let seven = Framing.json(id: .number("7"))

    private func text(_ reply: Reply, in framing: Framing) -> String {
        var bytes = Array("before\n".utf8)
        reply.write(in: framing, to: &bytes)
        return String(decoding: bytes.dropFirst(7), as: UTF8.self)
    }

    func testSuccessIsOneTerminator() {
        let reply = Reply(outcome: .ok(JSONWriter.object { $0.member("tenant", "acme") }))

        XCTAssertFalse(reply.isList)
        XCTAssertEqual(text(reply, in: .word), "OK {\"tenant\":\"acme\"}\n")
        XCTAssertEqual(text(reply, in: seven), #"{"jsonrpc":"2.0","id":7,"result":{"tenant":"acme"}}"# + "\n")
    }

    func testAListIsRowsAndATerminatorOrOneResult() {
        let reply = Reply(
            rows: rows, outcome: .list(next: "eyJrIjoxN30", extra: [.init(name: "count", value: .number("9"))]))

        XCTAssertTrue(reply.isList)
        XCTAssertEqual(
            text(reply, in: .word),
            "* {\"id\":3}\n* {\"id\":4}\nOK {\"rows\":2,\"next\":\"eyJrIjoxN30\",\"count\":9}\n")
        XCTAssertEqual(
            text(reply, in: .json(id: .string("a\n"))),
            #"{"jsonrpc":"2.0","id":"a\n","result":{"rows":[{"id":3},{"id":4}],"next":"eyJrIjoxN30","count":9}}"# + "\n"
        )
    }

    func testAnEmptyLastPageHasTheSameShape() {
        let reply = Reply(outcome: .list(next: nil, extra: []))

        XCTAssertEqual(text(reply, in: .word), "OK {\"rows\":0,\"next\":null}\n")
        XCTAssertEqual(
            text(reply, in: seven), #"{"jsonrpc":"2.0","id":7,"result":{"rows":[],"next":null}}"# + "\n")
    }

    func testRowsThatAreNoListBecomeNotifications() {
        let reply = Reply(rows: rows, outcome: .ok(.emptyObject))

        XCTAssertEqual(text(reply, in: .word), "* {\"id\":3}\n* {\"id\":4}\nOK {}\n")
        XCTAssertEqual(
            text(reply, in: seven),
            #"{"jsonrpc":"2.0","method":"row","params":{"id":7,"row":{"id":3}}}"# + "\n"
                + #"{"jsonrpc":"2.0","method":"row","params":{"id":7,"row":{"id":4}}}"# + "\n"
                + #"{"jsonrpc":"2.0","id":7,"result":{}}"# + "\n")
    }

    func testAFailureNamesItsCodeSlugAndDetails() {
        let failure = Failure(
            status: .conflict, slug: "coupon-exhausted", message: "SPRING is \"used up\"\n",
            details: [.init(name: "limit", value: .number("100")), .init(name: "used", value: .number("100"))])
        let reply = Reply(outcome: .failed(failure))

        XCTAssertFalse(reply.isList)
        XCTAssertEqual(
            text(reply, in: .word),
            #"ERR 409 coupon-exhausted {"message":"SPRING is \"used up\"\n","limit":100,"used":100}"# + "\n")
        XCTAssertEqual(
            text(reply, in: seven),
            #"{"jsonrpc":"2.0","id":7,"error":{"code":409,"message":"SPRING is \"used up\"\n","data":"#
                + #"{"slug":"coupon-exhausted","limit":100,"used":100}}}"# + "\n")
    }

    func testAFailureWithoutAKnownIDIsAnsweredToNull() {
        let reply = Reply(outcome: .failed(Failure(status: .badRequest, slug: "syntax", message: "no")))

        XCTAssertEqual(
            text(reply, in: .json(id: .null)),
            #"{"jsonrpc":"2.0","id":null,"error":{"code":400,"message":"no","data":{"slug":"syntax"}}}"# + "\n")
    }

    func testASlugCannotForgeALine() {
        let reply = Reply(outcome: .failed(Failure(status: .rejected, slug: "a\nOK {}", message: "")))

        XCTAssertEqual(text(reply, in: .word), "ERR 422 a-OK-{} {\"message\":\"\"}\n")
    }

    func testAnEventIsOneLine() {
        let event = Event(seq: 1203, topic: "order.registered", body: JSONWriter.object { $0.member("order", 88) })
        var words: [UInt8] = []
        var response: [UInt8] = []

        event.write(in: .word, to: &words)
        event.write(in: seven, to: &response)

        XCTAssertEqual(String(decoding: words, as: UTF8.self), "! 1203 order.registered {\"order\":88}\n")
        XCTAssertEqual(
            String(decoding: response, as: UTF8.self),
            #"{"jsonrpc":"2.0","method":"event","params":{"id":7,"seq":1203,"topic":"order.registered","event":{"order":88}}}"#
                + "\n")
    }
}
