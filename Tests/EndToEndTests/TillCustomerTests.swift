import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class TillCustomerTests: XCTestCase {
    func testATillLearnsWhoItIsAndWhatTheyMayUse() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org phone=01712345678")
            try connection.ok("group.create Regulars")
            try connection.ok("group.assign customer=1 group=regulars")
            try connection.ok("coupon.create code=ANN percent=10 minimum=5.00 customer=1")
            try connection.ok("coupon.create code=WEB percent=10 customer=1 channels=online-shop")
            try connection.ok("coupon.create code=ALL percent=10")
            try connection.ok("pos.set-card customer=1 card=C-1")
            let token = try connection.ok("token.create role=channel channel=pos").text("token") ?? ""
            let till = try daemon.connect()
            try till.ok("auth \(token)")

            let row =
                #"{"id":1,"number":1,"name":"Ann","status":"active","reason":null,"tax_exempt":false,"#
                + #""groups":["Regulars"],"orders":0,"cards":["C-1"],"coupons":[{"code":"ANN","percent":"10","#
                + #""amount":null,"item":null,"minimum":"5.00","ends":null}]}"#
            for key in ["phone=+491712345678", "phone=0171/2345678", "card=C-1", "number=1", "email=ANN@example.org"] {
                XCTAssertEqual(try till.rows("pos.lookup \(key)").map(\.text), [row], key)
            }
            XCTAssertEqual(try till.rows("pos.lookup card=C-2"), [])
            XCTAssertEqual(try till.refusal("pos.lookup"), "400 bad-value")
            XCTAssertEqual(try till.refusal("pos.lookup number=1 card=C-1"), "400 bad-value")
            XCTAssertEqual(try till.refusal("pos.lookup phone=12"), "400 bad-value")
            try connection.ok("customer.deny 1 reason=secret public_reason=unpaid")
            XCTAssertEqual(try till.rows("pos.lookup card=C-1").first?.text("status"), "denied")
        }
    }

    func testACardMakesTheSaleItsCustomersAndAnUnknownOneLosesNoSale() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok("customer.create name=Bo")
            try connection.ok("pos.set-card customer=1 card=C-1")
            let sale = #"order.register channel=pos total=1.00 details={"register":"7","receipt":"#

            let known = try connection.ok(sale + #""1","card":"C-1"}"#)
            let unknown = try connection.ok(sale + #""2","card":"C-2"}"#)
            try connection.ok("pos.set-card customer=1 card=C-1 active=false")
            let blocked = try connection.ok(sale + #""3","card":"C-1"}"#)

            XCTAssertEqual(known.number("customer"), 1)
            for answer in [unknown, blocked] {
                XCTAssertEqual(answer["customer"], .null)
                XCTAssertEqual(answer["warnings"]?.arrayValue?.count, 1)
            }
            XCTAssertEqual(try connection.refusal("pos.set-card customer=2 card=C-1"), "409 card-taken")
            XCTAssertEqual(try connection.refusal("pos.set-card customer=9 card=C-9"), "404 no-customer")
            let data = try connection.rows("customer.data 1").map(\.text)
            XCTAssertTrue(data.contains { $0.contains("pos__card") && $0.contains("C-1") })
            try connection.ok("customer.erase 1 confirm=1")
            XCTAssertEqual(try connection.rows("pos.lookup card=C-1"), [])
            XCTAssertFalse(try connection.ok("order.show 1").text.contains("C-1"))
        }
    }

    func testAnAnonymousSaleIsClaimedByTheCodeOnItsReceipt() throws {
        try withShop { daemon, connection in
            try connection.ok("pos.set-register 7")
            let code = try connection.sell("7", "a").text("claim_code") ?? ""
            try connection.ok("pos.refund register=7 receipt=1 amount=3.00")
            let token = try connection.ok("token.create role=channel channel=pos").text("token") ?? ""
            let till = try daemon.connect()
            try till.ok("auth \(token)")
            let claim = "pos.claim register=7 receipt=1 email=ann@example.org"

            XCTAssertEqual(code.utf8.count, 8)
            XCTAssertEqual(try till.refusal(claim), "422 incomplete")
            XCTAssertEqual(try till.refusal(claim + " code=AAAAAAAA"), "422 wrong-code")
            XCTAssertEqual(try till.refusal("pos.claim register=7 receipt=1 code=\(code)"), "422 incomplete")
            let claimed = try till.ok(claim + " code=\(code.lowercased())")

            XCTAssertEqual(claimed.number("customer"), 1)
            XCTAssertEqual(claimed["claim_code"], .null)
            let ann = try connection.ok("customer.show 1")
            XCTAssertEqual(ann["totals"]?.text("EUR"), "7.00")
            XCTAssertEqual(ann.number("orders"), 1)
            XCTAssertEqual(ann["subscribed"]?.boolValue, false)
            XCTAssertEqual(ann["consent"]?.objectValue?.count ?? 0, 0)
            XCTAssertEqual(try connection.refusal(claim + " code=\(code)"), "409 already-claimed")
            XCTAssertEqual(try connection.ok("pos.claim register=7 receipt=1 customer=1").number("customer"), 1)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testATillBringsItsOwnCodeAndStaffNeedNone() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            try connection.sell("7", "a", receipt: "1", details: #","claim_code":"offline-77""#)
            try connection.sell("7", "b", receipt: "2")
            let token = try connection.ok("token.create role=channel channel=pos").text("token") ?? ""
            let till = try daemon.connect()
            try till.ok("auth \(token)")

            XCTAssertEqual(
                try till.ok("pos.claim register=7 receipt=1 customer=1 code=OFFLINE77").number("customer"), 1)
            XCTAssertEqual(try connection.ok("pos.claim register=7 receipt=2 customer=1").number("customer"), 1)
            XCTAssertEqual(
                try connection.refusal(
                    #"order.register channel=pos total=1.00 details={"register":"7","receipt":"3","claim_code":"1"}"#),
                "400 bad-value")
            try connection.sell("7", "c", receipt: "4")
            try connection.ok("pos.void register=7 receipt=4")
            XCTAssertEqual(try connection.refusal("pos.claim register=7 receipt=4 customer=1"), "409 not-claimable")
        }
    }

    func testCardsGoAlongWhenCustomersAreMergedAndComeBack() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok("customer.create name=Anne")
            try connection.ok("pos.set-card customer=2 card=C-2")

            try connection.ok("customer.merge into=1 from=2")
            XCTAssertEqual(try connection.rows("pos.lookup card=C-2").map { $0.number("id") }, [1])
            try connection.ok("customer.unmerge 2")

            XCTAssertEqual(try connection.rows("pos.lookup card=C-2").map { $0.number("id") }, [2])
        }
    }
}
