import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// Staff, comments and inboxes over the socket, and that nobody else reads what staff write.
final class StaffOnlyTests: XCTestCase {
    func testAMentionLeadsToItsTargetAndIntoTheInbox() throws {
        try withShop { daemon, connection in
            try connection.ok(#"staff.add lena display="Lena Koch""#)
            try connection.ok("staff.add omar")
            try connection.ok(#"customer.create name="Ann Öz""#)
            let mug = #"lines=[{"sku":"MUG","name":"Mug","unit_price":"7.50"}]"#
            try connection.ok("order.register channel=online-shop ext=1 customer=1 \(mug)")
            let omar = try daemon.connect(to: "acme", as: "omar")
            let lena = try daemon.connect(to: "acme", as: "lena")

            let comment = try omar.ok(#"comment.add customer=1 text="@lena: #1 wants @online-shop:MUG""#)

            XCTAssertEqual(comment.text("text"), "@Lena Koch: @Ann Öz wants @Mug")
            XCTAssertEqual(comment.text("author"), "staff:omar")
            XCTAssertEqual(
                comment["mentions"]?.arrayValue?.map(\.text),
                [
                    #"{"kind":"staff","id":1,"staff":"lena","name":"Lena Koch","gone":false,"start":0,"length":10}"#,
                    #"{"kind":"customer","id":1,"number":1,"name":"Ann Öz","gone":false,"start":12,"length":7}"#,
                    #"{"kind":"product","channel":"online-shop","sku":"MUG","name":"Mug","gone":false,"start":26,"length":4}"#,
                ])
            let entry = try XCTUnwrap(lena.rows("inbox.list unread=true").first)
            XCTAssertEqual(entry["comment"], comment)
            XCTAssertEqual(try omar.refusal("inbox.read 1"), "403 not-yours")
            XCTAssertNotEqual(try lena.ok("inbox.read 1")["read_at"], .null)
            XCTAssertEqual(try lena.rows("inbox.list unread=true"), [])
            XCTAssertEqual(try omar.rows("inbox.list staff=lena").count, 1)
            XCTAssertEqual(try connection.refusal("inbox.list"), "400 missing-argument")
            XCTAssertEqual(try omar.rows("inbox.list"), [])
            XCTAssertEqual(try lena.refusal("comment.edit 1 text=x"), "403 not-yours")
            try omar.ok(#"comment.edit 1 text="never mind""#)
            XCTAssertEqual(
                try connection.rows("comment.history 1").map { $0.text("text") },
                ["@Lena Koch: @Ann Öz wants @Mug", "never mind"])
            XCTAssertEqual(try connection.rows("timeline.list 1").first?.text("actor"), "staff:omar")
        }
    }

    func testWhoLeavesLosesTheTokensOfThatName() throws {
        try withShop { daemon, connection in
            try connection.ok("staff.add lena")
            let token = try connection.ok("token.create role=staff label=lena").text("token") ?? ""
            let lena = try daemon.connect()
            try lena.ok("auth \(token)")
            try lena.ok("customer.create name=Ann")
            XCTAssertEqual(try connection.rows("timeline.list 1").first?.text("actor"), "staff:lena")

            try connection.ok("staff.remove lena")

            XCTAssertEqual(try daemon.connect().refusal("auth \(token)"), "403 forbidden")
            XCTAssertEqual(try connection.rows("staff.list"), [])
            XCTAssertEqual(try connection.rows("staff.list removed=true").count, 1)
            XCTAssertEqual(try connection.rows("timeline.list 1").first?.text("actor"), "staff:lena")
        }
    }

    func testWhatStaffWriteIsReadByStaffAlone() throws {
        try withShop { daemon, connection in
            try connection.ok(#"customer.create name=Ann email=ann@example.org"#)
            let planted = try PlantedMarkers(connection, customer: 1)
            planted.assertPresent(in: try connection.rows("note.list 1").description, ["note"])
            planted.assertPresent(in: try connection.rows("comment.list 1").description, ["comment"])

            for role in ["reader", "portal", "channel channel=pos"] {
                let token = try connection.ok("token.create role=\(role)").text("token") ?? ""
                let stranger = try daemon.connect()
                try stranger.ok("auth \(token)")
                for verb in try connection.rows("schema").compactMap({ $0.text("verb") }) {
                    for argument in ["", " 1", " customer=1", " id=1", " staff=lena"] where verb != "drain" {
                        let reply = try stranger.ask(verb + argument)
                        planted.assertAbsent(from: "\(reply)", verb + argument)
                    }
                }
            }
            planted.assertAbsent(from: try connection.rows("timeline.list 1").description, "timeline.list")
            planted.assertAbsent(from: try connection.rows("event.list").description, "event.list")
            planted.assertAbsent(from: daemon.log, "the log")
        }
    }
}
