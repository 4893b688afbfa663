import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// Tags and groups over the socket.
final class LabelTests: XCTestCase {
    func testTypingATagTellsWhetherItMayBeMade() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok("tag.assign customer=1 tag=Großkunde")

            let typed = try connection.ask("tag.search gross")
            let whole = try connection.ask("tag.search GROSSKUNDE")

            XCTAssertEqual(typed.rows.map { $0.text("tag") }, ["Großkunde"])
            XCTAssertEqual(typed.ok?["exact"], .bool(false))
            XCTAssertEqual(whole.ok?["exact"], .bool(true))
            XCTAssertEqual(try connection.refusal("tag.create GROSSKUNDE"), "409 tag-exists")
        }
    }

    func testMergingAndDeletingTagsTellHowManyAreConcerned() throws {
        try withShop { _, connection in
            for number in 1...3 { try connection.ok("customer.create name=N\(number)") }
            for (customer, tag) in [(1, "a"), (2, "a"), (2, "b"), (3, "b")] {
                try connection.ok("tag.assign customer=\(customer) tag=\(tag)")
            }

            let merged = try connection.ok("tag.merge into=a from=b")
            XCTAssertEqual(merged.text, #"{"tag":"a","customers":3,"moved":1}"#)
            XCTAssertEqual(try connection.ok("tag.delete a").text, #"{"tag":"a","customers":3}"#)
            XCTAssertEqual(try connection.refusal("tag.delete a"), "404 no-tag")
            XCTAssertEqual(try connection.rows("tag.list"), [])
        }
    }

    func testATagThatManyCarryIsRenamedInSteps() throws {
        try withShop { _, connection in
            for part in 0..<3 {
                try connection.ok("batch")
                for number in (part * 500 + 1)...(part * 500 + 500) {
                    try connection.ok("customer.create name=N\(number)")
                    try connection.ok("tag.assign customer=\(number) tag=many")
                }
                try connection.ok("commit")
            }

            let renamed = try connection.ask("tag.rename tag=many name=lots")

            XCTAssertEqual(renamed.ok?.text, #"{"tag":"lots","customers":1500}"#)
            XCTAssertEqual(try connection.rows("tag.list").count, 1)
            XCTAssertEqual(try connection.rows("customer.list tag=lots limit=1000").count, 1_000)
            XCTAssertEqual(try connection.ok("tag.delete lots").number("customers"), 1_500)
            XCTAssertEqual(try connection.ok("customer.show 1500")["tags"], .array([]))
            XCTAssertEqual(try connection.refusal("tag.rename tag=lots name=x"), "404 no-tag")
        }
    }

    func testAGroupMovesItsMemberAndLendsTheTaxExemption() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok("group.create Retail")
            try connection.ok("group.create name=Embassies tax_exempt=true")
            try connection.ok("group.assign customer=1 group=retail")

            let moved = try connection.ok("group.assign customer=1 group=EMBASSIES")

            XCTAssertEqual(moved["groups"], .array([.string("Embassies")]))
            XCTAssertEqual(moved["tax_exempt"], .bool(true))
            XCTAssertEqual(try connection.rows("customer.list")[0]["groups"], .array([.string("Embassies")]))
            XCTAssertEqual(
                try connection.rows("group.list").map(\.text),
                [
                    #"{"id":2,"group":"Embassies","tax_exempt":true,"customers":1}"#,
                    #"{"id":1,"group":"Retail","tax_exempt":false,"customers":0}"#,
                ])
            try connection.ok("tenant.set groups.exclusive=false")
            try connection.ok("group.assign customer=1 group=retail")
            XCTAssertEqual(
                try connection.ok("customer.show 1")["groups"], .array([.string("Embassies"), .string("Retail")]))
            XCTAssertEqual(try connection.ok("group.delete embassies").number("customers"), 1)
            XCTAssertEqual(try connection.ok("customer.show 1")["tax_exempt"], .bool(false))
        }
    }
}
