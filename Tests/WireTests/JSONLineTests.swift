import StrictJSON
import Wire
import XCTest

final class JSONLineTests: XCTestCase {
    private func expect(
        _ text: String, id: JSON, _ verb: String, tenant: String? = nil, _ arguments: [Argument] = [],
        line: UInt = #line
    ) {
        let request = Request(framing: .json(id: id), tenant: tenant, verb: verb, arguments: arguments)
        XCTAssertEqual(LineParser.parse(Array(text.utf8), isFirst: true), .request(request), text, line: line)
    }

    private func refuse(_ text: String, id: JSON, _ reason: WireError.Reason, _ column: Int, line: UInt = #line) {
        let expected = Line.malformed(WireError(reason: reason, column: column), .json(id: id))
        XCTAssertEqual(LineParser.parse(Array(text.utf8), isFirst: true), expected, text, line: line)
    }

    func testARequestIsRead() {
        expect(#"{"jsonrpc":"2.0","id":7,"method":"hello"}"#, id: .number("7"), "hello")
        expect(#" { "method" : "hello", "id" : "x", "jsonrpc" : "2.0" } "# + "\r", id: .string("x"), "hello")
        expect(#"{"jsonrpc":"2.0","id":-1.5e3,"method":"a.b","params":{}}"#, id: .number("-1.5e3"), "a.b")
        expect("{\t\"jsonrpc\":\"2.0\",\"id\":\"\",\"method\":\"a.b\"}\t", id: .string(""), "a.b")
    }

    func testParametersBecomeArgumentsAndTheTenantIsTakenOut() {
        expect(
            #"{"jsonrpc":"2.0","id":7,"method":"use","params":{"tenant":"acme","as":"lena","n":[1],"x":null}}"#,
            id: .number("7"), "use", tenant: "acme",
            [
                Argument(name: "as", value: .json(.string("lena"))),
                Argument(name: "n", value: .json(.array([.number("1")]))), Argument(name: "x", value: .json(.null)),
            ])
    }

    func testTheLastOfARepeatedMemberCounts() {
        expect(
            #"{"jsonrpc":"1","jsonrpc":"2.0","id":1,"id":2,"method":"a","params":{"tenant":"a","tenant":"b"}}"#,
            id: .number("2"), "a", tenant: "b")
    }

    func testABadRequestKeepsItsID() {
        let seven = JSON.number("7")
        refuse(#"{"id":7,"method":"a"}"#, id: seven, .badVersion, 1)
        refuse(#"{"jsonrpc":2.0,"id":7,"method":"a"}"#, id: seven, .badVersion, 1)
        refuse(#"{"jsonrpc":"1.0","id":7,"method":"a"}"#, id: seven, .badVersion, 1)
        refuse(#"{"jsonrpc":"2.0","id":7}"#, id: seven, .missingMethod, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":7}"#, id: seven, .badMethod, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"A.b"}"#, id: seven, .badMethod, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":""}"#, id: seven, .badMethod, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"a","params":[]}"#, id: seven, .badParameters, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"a","params":null}"#, id: seven, .badParameters, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"a","x":1}"#, id: seven, .unknownMember, 1)
        refuse(#"  {"jsonrpc":"2.0","id":7,"method":"a","x":1}"#, id: seven, .unknownMember, 3)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"a","params":{"tenant":"A"}}"#, id: seven, .badTenant, 1)
        refuse(#"{"jsonrpc":"2.0","id":"q","method":"a","params":{"tenant":null}}"#, id: .string("q"), .badTenant, 1)
        refuse(#"{"jsonrpc":"2.0","id":7,"method":"a"} x"#, id: seven, .json(.trailingBytes), 39)
    }

    func testNotificationsAreRefused() {
        refuse(#"{"jsonrpc":"2.0","method":"a"}"#, id: .null, .missingID, 1)
        refuse(#"{"jsonrpc":"2.0","id":null,"method":"a"}"#, id: .null, .missingID, 1)
        for id in ["true", "[1]", "{}"] {
            refuse(#"{"jsonrpc":"2.0","id":\#(id),"method":"a"}"#, id: .null, .badID, 1)
        }
    }

    func testArraysAreRefusedWithAHint() {
        refuse("[]", id: .null, .batchArray, 1)
        refuse(#" [{"jsonrpc":"2.0","id":7,"method":"a"}]"#, id: .null, .batchArray, 2)
        refuse("[", id: .null, .batchArray, 1)
        XCTAssertTrue(WireError(reason: .batchArray, column: 1).description.contains("batch"))
    }

    func testBadJSONIsRefusedWhereItIs() {
        refuse("{", id: .null, .json(.unexpectedEnd), 2)
        refuse(#"{"id":7,}"#, id: .null, .json(.trailingComma), 8)
        refuse(" {id:7}", id: .null, .json(.expectedName), 3)
        refuse("{\"id\":\"\u{1}\"}", id: .null, .json(.controlCharacter), 8)
    }
}
