import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What becomes of the web shop's orders, over the socket.
final class ShopOrderTests: XCTestCase {
    private static let mugs = #"lines=[{"sku":"MUG","name":"Mug","quantity":10,"unit_price":"7.50"}]"#

    func testACustomerSeesPaymentShipmentsAndReturns() throws {
        try withShop("\(shopWithLinks) locale=en") { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("address.add customer=1 title=Home line1=Weg-1 postcode=10115 city=Berlin")
            try connection.ok(
                #"order.register channel=online-shop ext=1 customer=1 \#(Self.mugs) details={"shipping_address":1,"vat_id":"DE1"}"#
            )
            for line in [
                "pay ext=1 method=card reference=ch-1",
                "ship ext=1 lines=[{\"sku\":\"MUG\",\"quantity\":4}] carrier=DHL tracking=0034",
                "deliver ext=1", #"return ext=1 lines=[{"line":1,"quantity":1}] reason="chipped""#, "receive ext=1",
                #"refund ext=1 lines=[{"sku":"MUG","quantity":1}] reason=chipped"#,
            ] {
                try connection.ok("online-shop.\(line)")
            }

            let order = try XCTUnwrap(connection.rows("me.orders session=\(session)").first)

            let day = String(try XCTUnwrap(order.text("placed_at")).prefix(7))
            let summary = (order["summary"]?.arrayValue ?? []).map {
                "\($0.text("label") ?? ""): \($0.text("text") ?? "")"
            }
            XCTAssertEqual(
                summary.filter { !$0.contains("Tracking") },
                [
                    "Payment: partially_refunded", "Payment method: card", "Payment amount: 75.00", "Refunded: 7.50",
                    "Fulfilment: partial", "Return 1: received", "VAT id: DE1",
                ])
            let tracking = try XCTUnwrap(summary.first { $0.contains("Tracking") })
            XCTAssertTrue(tracking.hasPrefix("Tracking: DHL 0034 sent \(day)"), tracking)
            XCTAssertTrue(tracking.contains(" arrived \(day)"), tracking)
            XCTAssertEqual(order.text("refunded"), "7.50")
            XCTAssertFalse(order.text.contains("chipped"))
            XCTAssertEqual(order["shipping_address"]?.text("city"), "Berlin")
            XCTAssertEqual(
                try connection.rows("timeline.list 1").compactMap { $0.text("topic") }.filter {
                    $0.hasPrefix("online-shop.")
                },
                ["refunded", "return-received", "return-requested", "delivered", "shipped", "paid"].map {
                    "online-shop.\($0)"
                })
            XCTAssertEqual(try connection.ok("customer.show 1")["totals"]?.text("EUR"), "67.50")
        }
    }

    func testNoClientShipsOrGivesBackWhatAnotherDidAndAKillLeavesNothingHalf() throws {
        try withTemporaryDirectory { directory in
            var daemon = try RunningDaemon(in: directory)
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let connection = try daemon.connect(to: "acme")
            try connection.ok(
                #"order.register channel=online-shop ext=1 \#(Self.mugs) details={"payment":{"state":"paid"}}"#)
            let running = daemon

            let answers = try concurrently(16) { client in
                let own = try running.connect(to: "acme")
                return try own.replies(
                    to: [
                        #"online-shop.ship ext=1 lines=[{"sku":"MUG","quantity":1}] tracking=\#(client)"#,
                        #"online-shop.refund ext=1 lines=[{"sku":"MUG","quantity":1}] reference=r\#(client)"#,
                        #"online-shop.pay ext=1 amount=1.00 reference=same"#,
                    ]
                ).map { $0.error?.text ?? "OK" }
            }

            XCTAssertEqual(answers.filter { $0[0] == "OK" }.count, 10)
            XCTAssertEqual(Set(answers.map { $0[0] }).subtracting(["OK"]), ["409 quantity-exceeded"])
            XCTAssertEqual(answers.filter { $0[1] == "OK" }.count, 10)
            let sale = try connection.ok("online-shop.show ext=1")
            XCTAssertEqual(sale["lines"]?.arrayValue?.first?["fulfilled"], .number("10"))
            XCTAssertEqual(sale["refunds"]?.arrayValue?.count, 10)
            XCTAssertEqual(sale["payments"]?.arrayValue?.count, 2)
            XCTAssertEqual(sale.text("refunded"), "75.00")
            XCTAssertEqual(
                sale["shipments"]?.arrayValue?.map { $0.number("shipment") }, (1...10).map { Int64($0) })

            daemon.kill()
            daemon = try RunningDaemon(in: directory)
            let after = try daemon.connect(to: "acme")
            XCTAssertEqual(try after.ok("online-shop.show ext=1"), sale)
            XCTAssertEqual(try after.ok("tenant.verify")["ok"]?.boolValue, true)
            daemon.stop()
        }
    }

    func testARepeatedRequestIsTheSameOne() throws {
        try withShop { _, connection in
            try connection.ok("order.register channel=online-shop ext=1 \(Self.mugs)")

            let paid = try connection.ok("online-shop.pay ext=1 amount=5.00 reference=ch-1")
            XCTAssertEqual(try connection.ok("online-shop.pay ext=1 amount=5.00 reference=ch-1"), paid)
            XCTAssertEqual(
                try connection.refusal("online-shop.pay ext=1 amount=6.00 reference=ch-1"), "409 reference-used")
            let first = try connection.ok("online-shop.ship order=1 lines=[{\"line\":1,\"quantity\":4}] key=k1")
            let again = try connection.ok("online-shop.ship order=1 lines=[{\"line\":1,\"quantity\":4}] key=k1")
            XCTAssertEqual(again["replayed"]?.boolValue, true)
            XCTAssertEqual(again["rev"], first["rev"])
            XCTAssertEqual(try connection.refusal("online-shop.ship order=1 if_rev=1"), "412 stale-revision")
            XCTAssertEqual(try connection.refusal("online-shop.refund order=1 amount=5.01"), "422 refund-too-big")
            let error = try connection.ask("online-shop.ship order=1 lines=[{\"sku\":\"MUG\",\"quantity\":7}]").error
            XCTAssertEqual(error?.body["left"], .number("6"))
            XCTAssertEqual(try connection.refusal("online-shop.ship order=9"), "404 no-order")
        }
    }

    func testARenamedProductIsFoundInMentions() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            try connection.ok(#"online-shop.set-product sku=MUG name="Mug" price=7.50"#)
            try connection.ok(#"comment.add customer=1 text="wants @online-shop:MUG""#)

            try connection.ok(#"online-shop.set-product sku=MUG name="Big mug""#)

            XCTAssertTrue(try connection.rows("comment.list 1").map(\.text).joined().contains("Big mug"))
            XCTAssertEqual(try connection.ok("channel.product channel=online-shop sku=MUG").text("unit_price"), "7.50")
        }
    }
}
