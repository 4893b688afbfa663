import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class WordLineTests: XCTestCase {
    func testTheTenantIsNamedByUseOrByTheLine() throws {
        try withShop { daemon, bound in
            let connection = try daemon.connect()
            XCTAssertEqual(try connection.refusal("customer.list"), "400 missing-argument")
            try connection.ok("tenant.create other")
            try connection.ok("@acme customer.create name=Ann")
            XCTAssertEqual(try connection.refusal("customer.list"), "400 missing-argument")
            XCTAssertEqual(try connection.ok("use other").text, #"{"tenant":"other","role":"operator"}"#)
            XCTAssertEqual(try connection.rows("customer.list"), [])
            XCTAssertEqual(try connection.rows("@acme customer.list").map { $0.text("name") }, ["Ann"])
            XCTAssertEqual(try connection.rows("customer.list"), [])
            XCTAssertEqual(try bound.rows("customer.list").count, 1)
        }
    }

    func testTheTimelineNamesTheMemberOfStaff() throws {
        try withShop { daemon, _ in
            let connection = try daemon.connect()

            let answer = try connection.ok("use acme as=lena")
            try connection.ok("customer.create name=Ann")

            XCTAssertEqual(answer.text, #"{"tenant":"acme","role":"operator","as":"lena"}"#)
            XCTAssertEqual(try connection.rows("timeline.list 1").map { $0.text("actor") }, ["staff:lena"])
            XCTAssertEqual(try connection.ok("whoami").text("actor"), "staff:lena")
            XCTAssertEqual(try connection.refusal("use acme as=a/b"), "400 bad-value")
        }
    }

    func testAnswersKeepTheOrderOfPipelinedRequests() throws {
        try withShop { _, connection in
            var lines: [String] = []
            for number in 0..<50 {
                lines.append("customer.create name=N\(number)")
                lines.append("customer.show \(number + 1)")
                lines.append("customer.show \(number + 2)")
                lines.append("hello x\(number)=1")
            }

            let replies = try connection.replies(to: lines)

            for number in 0..<50 {
                let four = replies[(number * 4)..<(number * 4 + 4)].map(\.self)
                XCTAssertEqual(four[0].ok?.text("name"), "N\(number)")
                XCTAssertEqual(four[1].ok?.text("name"), "N\(number)")
                XCTAssertEqual(four[2].error?.text, "404 no-customer")
                XCTAssertEqual(four[3].error?.body.text("argument"), "x\(number)")
            }
        }
    }

    func testWordsArePartedByCommasQuotedOrNot() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok(#"tag.assign customer=1 tag="red, blue""#)
            try connection.ok("customer.create name=Bo")
            try connection.ok("tag.assign customer=2 tag=red")

            for line in [
                "customer.list tags_any=red,blue", #"customer.list tags_any="red,blue""#,
                #"customer.list tags_any="red , blue""#, #"customer.list tags_any=["red","blue"]"#,
            ] {
                XCTAssertEqual(try connection.rows(line).map { $0.text("name") }, ["Bo"], line)
            }
            XCTAssertEqual(
                try connection.rows(#"customer.list tags_any=["red, blue"]"#).map { $0.text("name") }, ["Ann"])
            XCTAssertTrue(
                try connection.rows("help customer.list").compactMap { $0.text("line") ?? $0.text("text") }
                    .contains { $0.contains("tags_any") && $0.contains("a JSON list where one has a comma in it") })
        }
    }

    func testBlankLinesAndCommentsAreNotAnswered() throws {
        try withShop { _, connection in
            for line in ["", "   ", "-- a comment", "\r"] { try connection.send(line) }
            XCTAssertEqual(try connection.ok("hello\r").text("server"), "patron")
        }
    }

    func testCheckHasNoEffect() throws {
        try withShop { _, connection in
            let line = "check customer.create email=ann@example.org"
            XCTAssertEqual(try connection.ok(line).text, #"{"verb":"customer.create","valid":true}"#)
            XCTAssertEqual(try connection.ok(line)["valid"]?.boolValue, true)
            XCTAssertEqual(try connection.rows("customer.list"), [])
            XCTAssertEqual(try connection.rows("event.list"), [])
            XCTAssertEqual(try connection.refusal("check customer.show 9 extra=1"), "400 unknown-argument")
            XCTAssertEqual(try connection.refusal("check customer.create email=nonsense"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("check use acme"), "400 syntax")
            XCTAssertEqual(try connection.ok("check tenant.suspend")["valid"]?.boolValue, true)
            XCTAssertEqual(try connection.ok("tenant.show")["suspended"]?.boolValue, false)
        }
    }

    func testHelpAndSchemaTellOfEveryVerb() throws {
        try withShop { _, connection in
            let help = try connection.rows("help").compactMap { $0.text("text") }
            let schema = try connection.rows("schema").compactMap { $0.text("verb") }
            XCTAssertEqual(help.compactMap { $0.split(separator: " ").first.map(String.init) }, schema)
            for verb in schema {
                XCTAssertEqual(try connection.ok("schema \(verb)").text("verb"), verb)
                let lines = try connection.rows("help \(verb)").compactMap { $0.text("text") }
                XCTAssertEqual(lines.first?.hasPrefix("\(verb): "), true)
            }
            let register = try connection.ok("schema order.register")
            XCTAssertEqual(register["changing"]?.boolValue, true)
            XCTAssertEqual(
                register["parameters"]?.arrayValue?.filter { $0["required"]?.boolValue == true }.compactMap {
                    $0.text("name")
                }, ["channel"])
        }
    }

    func testAnUnknownVerbIsRefusedWithTheNearestOne() throws {
        try withShop { _, connection in
            let error = try connection.ask("custommer.lst").error
            XCTAssertEqual(error?.text, "405 unknown-verb")
            XCTAssertEqual(error?.body.text("did_you_mean"), "customer.list")
        }
    }

    func testWrongArgumentsAreRefusedBeforeAnyEffect() throws {
        try withShop { _, connection in
            XCTAssertEqual(try connection.refusal("customer.create name=Ann nmae=Bo"), "400 unknown-argument")
            XCTAssertEqual(try connection.refusal("customer.create name=Ann name=Bo"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.create name=Ann tax_exempt=maybe"), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.show"), "400 missing-argument")
            XCTAssertEqual(try connection.refusal("customer.show 1 2"), "400 syntax")
            XCTAssertEqual(try connection.refusal(#"customer.create name="Ann"#), "400 syntax")
            XCTAssertEqual(try connection.rows("customer.list"), [])
        }
    }

    func testAValueStaysTextWhereTheVerbWantsText() throws {
        try withShop { _, connection in
            let customer = try connection.ok(#"customer.create name=007 company="A \"B\" C" phone=030123456"#)
            XCTAssertEqual(customer.text("name"), "007")
            XCTAssertEqual(customer.text("company"), #"A "B" C"#)
            XCTAssertEqual(customer.text("phone"), "030123456")
        }
    }
}
