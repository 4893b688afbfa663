import StrictJSON
import Wire
import XCTest

final class WordLineTests: XCTestCase {
    private func bare(_ text: String, named name: String? = nil) -> Argument {
        Argument(name: name, value: .bare(text))
    }

    private func json(_ json: JSON, named name: String? = nil) -> Argument {
        Argument(name: name, value: .json(json))
    }

    private func expect(
        _ text: String, _ verb: String, tenant: String? = nil, _ arguments: [Argument] = [], line: UInt = #line
    ) {
        let request = Request(framing: .word, tenant: tenant, verb: verb, arguments: arguments)
        XCTAssertEqual(LineParser.parse(Array(text.utf8), isFirst: true), .request(request), text, line: line)
    }

    private func refuse(_ bytes: [UInt8], _ reason: WireError.Reason, _ column: Int, line: UInt = #line) {
        XCTAssertEqual(
            LineParser.parse(bytes, isFirst: false), .malformed(WireError(reason: reason, column: column), .word),
            String(decoding: bytes, as: UTF8.self), line: line)
    }

    private func refuse(_ text: String, _ reason: WireError.Reason, _ column: Int, line: UInt = #line) {
        refuse(Array(text.utf8), reason, column, line: line)
    }

    func testAVerbAloneIsARequest() {
        expect("hello", "hello")
        expect("hello\r", "hello")
        expect("  hello  ", "hello")
        expect("customer.undo-import", "customer.undo-import")
        expect("online-shop.x9-", "online-shop.x9-")
    }

    func testATenantBindsTheLine() {
        expect("@acme hello", "hello", tenant: "acme")
        expect("@0-  stats", "stats", tenant: "0-")
        expect("@\(String(repeating: "a", count: 63)) hello", "hello", tenant: String(repeating: "a", count: 63))
    }

    func testArgumentsAreNamedOrPositional() {
        expect("use acme as=lena", "use", [bare("acme"), bare("lena", named: "as")])
        expect("customer.show 17", "customer.show", [bare("17")])
        expect("a phone=0123 x", "a", [bare("0123", named: "phone"), bare("x")])
        expect("a n=", "a", [bare("", named: "n")])
        expect("a n= m=1", "a", [bare("", named: "n"), bare("1", named: "m")])
        expect(
            "a guest.record=none if_rev=3 a-b=c", "a",
            [
                bare("none", named: "guest.record"), bare("3", named: "if_rev"), bare("c", named: "a-b"),
            ])
        expect("a   b    c=d  ", "a", [bare("b"), bare("d", named: "c")])
    }

    func testABareValueMayHoldAnythingButASpace() {
        expect(#"a n=x"y{[ ="#, "a", [bare(#"x"y{["#, named: "n"), bare("=")])
        expect("a =b 9=b a+b=c n==", "a", [bare("=b"), bare("9=b"), bare("a+b=c"), bare("=", named: "n")])
        expect("a n=Öz ö=1 😀", "a", [bare("Öz", named: "n"), bare("ö=1"), bare("😀")])
        expect("a @b --c ext=till-7:1009", "a", [bare("@b"), bare("--c"), bare("till-7:1009", named: "ext")])
        expect("a n=a n=b", "a", [bare("a", named: "n"), bare("b", named: "n")])
    }

    func testAValueIsJSONWhenItStartsLikeIt() {
        expect(#"a "b c" n="d e""#, "a", [json(.string("b c")), json(.string("d e"), named: "n")])
        expect(#"a n="x=1 \"\n\u00e9" m"#, "a", [json(.string("x=1 \"\né"), named: "n"), bare("m")])
        expect(#"a {} []"#, "a", [json(.object([])), json(.array([]))])
        expect(
            #"a lines=[ {"sku": "MUG"} , 1 ] b=2"#, "a",
            [
                json(.array([.object([.init(name: "sku", value: .string("MUG"))]), .number("1")]), named: "lines"),
                bare("2", named: "b"),
            ])
    }

    func testTheConversationOfTheProtocolIsRead() throws {
        let customer = #"{"email":"Ann@Example.org","name":"Ann Öz"}"#
        let lines = #"[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50"}]"#
        let details = #"{"register":"7","receipt":"1009"}"#
        expect(
            "order.register channel=pos ext=till-7:1009 customer=\(customer) lines=\(lines) coupon=spring details=\(details)",
            "order.register",
            [
                bare("pos", named: "channel"), bare("till-7:1009", named: "ext"),
                json(try JSON(parsing: customer), named: "customer"), json(try JSON(parsing: lines), named: "lines"),
                bare("spring", named: "coupon"), json(try JSON(parsing: details), named: "details"),
            ])
    }

    func testABadTenantIsAlwaysTheSameError() {
        for text in [
            "@", "@ hello", "@-a hello", "@Acme hello", "@a_b hello", "@a.b x", "@ö x", "@a\u{7} x", "@@a x", "@a=b c",
        ] {
            refuse(text, .badTenant, 1)
        }
        refuse(" @A x", .badTenant, 2)
        refuse("@\(String(repeating: "a", count: 64)) hello", .badTenant, 1)
        refuse([0x40, 0xFF, 0x20, 0x61], .badTenant, 1)
    }

    func testATenantNeedsAVerb() {
        refuse("@acme", .missingVerb, 6)
        refuse("@acme  ", .missingVerb, 8)
    }

    func testABadVerbIsRefusedWhereItGoesWrong() {
        refuse("Hello", .badVerb, 1)
        refuse("customer.Show 1", .badVerb, 10)
        refuse("customer. x", .badVerb, 10)
        refuse("customer.", .badVerb, 10)
        refuse("a.b.c", .badVerb, 4)
        refuse("a_b", .badVerb, 2)
        refuse("1a", .badVerb, 1)
        refuse("a.1", .badVerb, 3)
        refuse("-a", .badVerb, 1)
        refuse(".a", .badVerb, 1)
        refuse("name=value", .badVerb, 5)
        refuse("\"hello\"", .badVerb, 1)
        refuse("@acme Hello", .badVerb, 7)
        refuse("hellö", .badVerb, 5)
        refuse("GET / HTTP/1.1", .badVerb, 1)
    }

    func testControlCharactersAreRefused() {
        refuse("a\tb", .controlCharacter, 2)
        refuse("a b\tc", .controlCharacter, 4)
        refuse("a n=\0", .controlCharacter, 5)
        refuse("a \u{7F}", .controlCharacter, 3)
        refuse("\u{1}", .controlCharacter, 1)
        refuse("a b\rc", .controlCharacter, 4)
        refuse("hello\r\r", .controlCharacter, 6)
        refuse("a {\t}", .controlCharacter, 4)
        refuse("a {}\t", .textAfterValue, 5)
        refuse("a \"\t\"", .json(.controlCharacter), 4)
    }

    func testBadUTF8IsRefused() {
        refuse(Array("a n=b".utf8) + [0xFF], .badUTF8, 6)
        refuse(Array("a ".utf8) + [0xC3], .badUTF8, 3)
        refuse([0x61, 0x80, 0x20, 0x62], .badUTF8, 2)
        refuse(Array("a \"é".utf8) + [0xED, 0xA0, 0x80, 0x22], .json(.badUTF8), 6)
    }

    func testBadQuotingIsRefusedWhereItIs() {
        refuse(#"a "b"#, .json(.unexpectedEnd), 5)
        refuse(#"a n={"b":}"#, .json(.unexpectedByte), 10)
        refuse(#"a n=[1,]"#, .json(.trailingComma), 7)
        refuse(#"a n="b"c"#, .textAfterValue, 8)
        refuse(#"a {}{}"#, .textAfterValue, 5)
        refuse(#"a n="\x""#, .json(.badEscape), 6)
        refuse("a n=" + String(repeating: "[", count: 200), .json(.tooDeep), 5 + JSONReader.depthLimit)
    }

    func testDescriptionsAreOneLowercaseLineWithTheColumn() {
        XCTAssertEqual(WireError(reason: .badTenant, column: 1).description, "bad tenant name at column 1")
        XCTAssertEqual(
            WireError(reason: .json(.trailingComma), column: 7).description,
            "json has a comma with nothing behind it at column 7")
    }
}
