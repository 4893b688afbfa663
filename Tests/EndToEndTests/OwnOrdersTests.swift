import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// What customers read of their orders.
final class OwnOrdersTests: XCTestCase {
    private func summary(_ order: JSON?) -> [String] {
        (order?["summary"]?.arrayValue ?? []).map { "\($0.text("label") ?? ""): \($0.text("text") ?? "")" }
    }

    func testCustomersSeePaymentAndFulfilmentInTheirLanguageAlsoWhereNothingWasNoted() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok("order.register channel=online-shop ext=1 customer=1 total=5.00")
            for (language, lines) in [
                ("de", ["Zahlung: offen", "Lieferung: noch nicht geliefert"]),
                ("tr-TR", ["Ödeme: bekliyor", "Teslimat: henüz gönderilmedi"]),
                ("en", ["Payment: pending", "Fulfilment: unfulfilled"]),
                ("fr", ["Zahlung: offen", "Lieferung: noch nicht geliefert"]),
            ] {
                try connection.ok("customer.update 1 language=\(language)")

                let order = try connection.rows("me.orders session=\(session)").first

                XCTAssertEqual(summary(order), lines, language)
            }
            try connection.ok("order.register channel=online-shop ext=2 customer=1 total=5.00 state=completed")
            try connection.ok(
                #"order.register channel=online-shop ext=3 customer=1 total=5.00 details={"payment":{"state":"authorized"}}"#
            )
            try connection.ok("order.cancel channel=online-shop ext=1")
            try connection.ok("customer.update 1 language=en")
            let orders = try connection.rows("me.orders session=\(session)")
            XCTAssertEqual(
                orders.map { "\($0.text("ext") ?? "") \(summary($0).joined(separator: ", "))" }.sorted(),
                [
                    "1 Payment: voided, Fulfilment: cancelled", "2 Payment: paid, Fulfilment: fulfilled",
                    "3 Payment: authorized, Fulfilment: unfulfilled",
                ])
            XCTAssertNil(try connection.ok("order.show channel=online-shop ext=2")["details"]?["payment"])
            let sheet = try connection.rows("customer.print 1 level=customer language=tr").compactMap {
                $0.text("text")
            }
            XCTAssertTrue(sheet.joined().contains("Teslimat: gönderildi"))
        }
    }

    func testCustomersDoNotReadWhyStaffGaveMoneyBack() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            for ext in ["a", "b"] {
                try connection.ok(
                    #"order.register channel=pos ext=\#(ext) customer=1 total=5.00 details={"register":"7","receipt":"\#(ext)"}"#
                )
            }
            try connection.ok(#"pos.void register=7 receipt=a reason="void marker""#)
            try connection.ok(#"pos.refund register=7 receipt=b at_receipt=c reason="refund marker""#)
            try connection.ok("order.register channel=online-shop ext=1 customer=1 total=5.00")
            try connection.ok("online-shop.pay ext=1")
            try connection.ok(#"online-shop.refund ext=1 reason="shop marker""#)

            for line in ["me.orders session=\(session)", "customer.print 1 level=customer", "customer.data 1"] {
                let text = try connection.rows(line).map(\.text).joined()
                for marker in ["void marker", "refund marker", "shop marker"] {
                    XCTAssertFalse(text.contains(marker), "\(line): \(marker)")
                }
            }
            XCTAssertEqual(try connection.ok("order.show 1")["details"]?.text("reason"), "void marker")
            XCTAssertEqual(try connection.ok("order.show 3")["details"]?.text("reason"), "refund marker")
            XCTAssertTrue(try connection.ok("online-shop.show ext=1").text.contains("shop marker"))
        }
    }

    func testCustomersDoNotReadWhoStoodAtTheTill() throws {
        try withShop(shopWithLinks) { _, connection in
            let session = try connection.signIn("ann@example.org")
            try connection.ok(
                #"order.register channel=pos ext=1 customer=1 total=5.00 details={"register":"7","receipt":"1","cashier":"Mo Marker"}"#
            )

            let own = try connection.rows("me.orders session=\(session)").map(\.text).joined()
            let sheet = try connection.rows("customer.print 1 level=customer").map(\.text).joined()
            let data = try connection.rows("customer.data 1").map(\.text).joined()

            for text in [own, sheet, data] { XCTAssertFalse(text.contains("Mo Marker")) }
            XCTAssertTrue(try connection.ok("order.show 1").text.contains("Mo Marker"))
        }
    }
}
