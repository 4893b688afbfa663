import ControlClient
import StrictJSON
import TestSupport
import XCTest

/// The address book over the socket.
final class AddressBookTests: XCTestCase {
    func testTheCustomerShowsTheBookAsItIsPrinted() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create name="Ann Öz""#)
            let added = try connection.ok(
                #"address.add customer=1 title=Home line1="Am Weg 1" postcode=50667 city=Köln shipping=true"#)

            XCTAssertEqual(
                added.text,
                #"{"id":1,"customer":1,"rev":1,"title":"Home","name":null,"company":null,"line1":"Am Weg 1","line2":null,"#
                    + #""postcode":"50667","city":"Köln","region":null,"country":"DE","phone":null,"shipping":true,"#
                    + #""billing":false,"source":"staff","label":["Ann Öz","Am Weg 1","50667 Köln"],"existing":false}"#)
            let shown = try connection.ok("customer.show 1")["addresses"]?.arrayValue
            XCTAssertEqual(shown, try connection.rows("address.list 1"))
            XCTAssertEqual(shown?.first?.text("title"), "Home")
            XCTAssertEqual(
                try connection.refusal(#"address.add customer=1 line1="1 Main St" city=Austin country=US"#),
                "422 incomplete")
            let lacks = try connection.ask(#"address.add customer=1 line1="1 Main St" city=Austin country=US"#).error
            XCTAssertEqual(lacks?.body["missing"], .array([.string("region"), .string("postcode")]))
            XCTAssertEqual(try connection.refusal("address.update 1 if_rev=7 phone=1"), "412 stale-revision")
            XCTAssertEqual(try connection.ok("address.update 1 if_rev=1 phone=1").number("rev"), 2)
            try connection.ok("address.remove 1")
            XCTAssertEqual(try connection.rows("address.list 1"), [])
            XCTAssertEqual(try connection.refusal("address.list 9"), "404 no-customer")
        }
    }

    func testOrdersFillTheBookAndUseIt() throws {
        try withShop { _, connection in
            let home = #"{"line1":"Am Weg 1","postcode":"50667","city":"Köln"}"#
            let buyer = #"{"email":"ann@example.org","name":"Ann","address":\#(home)}"#
            let register = "order.register channel=online-shop total=1.00"
            try connection.ok("\(register) ext=1 customer=\(buyer)")
            try connection.ok("\(register) ext=1 customer=\(buyer)")
            let office = #"{"street":"Markt 2","zip":"50667","city":"Köln","company":"Acme"}"#
            try connection.ok(
                #"\#(register) ext=2 customer=\#(buyer) details={"shipping_address":\#(office),"billing_address":\#(home)}"#
            )

            let book = try connection.rows("address.list 1")
            XCTAssertEqual(book.map { $0.text("line1") }, ["Am Weg 1", "Markt 2"])
            XCTAssertEqual(book.map { $0.text("source") }, ["online-shop", "online-shop"])
            try connection.ok(#"\#(register) ext=3 customer=1 details={"shipping_address":2,"billing_address":1}"#)
            try connection.ok(#"\#(register) ext=4 customer={"email":"ann@example.org","address":2}"#)
            let manual = #"order.register channel=manual customer=1 total=1.00 details={"source":"phone","address":1}"#
            let entered = try connection.ok(manual).number("order") ?? 0

            let order = try connection.ok("order.show channel=online-shop ext=3")
            XCTAssertEqual(order["buyer"]?["shipping_address"]?.text("line1"), "Markt 2")
            XCTAssertEqual(order["buyer"]?["billing_address"]?.text("line1"), "Am Weg 1")
            XCTAssertEqual(
                try connection.ok("order.show channel=online-shop ext=4")["buyer"]?["address"]?.text("company"), "Acme")
            XCTAssertEqual(
                try connection.ok("order.show \(entered)")["buyer"]?["address"]?.text("line1"), "Am Weg 1")
            XCTAssertEqual(
                try connection.refusal(#"\#(register) ext=5 customer=1 details={"shipping_address":9}"#),
                "404 no-address")
            XCTAssertEqual(
                try connection.refusal(#"\#(register) ext=5 customer={"name":"X","address":true}"#), "400 bad-value")
            XCTAssertEqual(try connection.ok("customer.show 1").number("orders"), 5)
            let update = "order.update channel=online-shop ext=3"
            try connection.ok(update + #" details={"gift":"yes"}"#)
            XCTAssertEqual(
                try connection.refusal(update + #" details={"shipping_address":1}"#), "400 bad-value")
        }
    }

    func testAChannelAddsToTheBookButChangesNothing() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann")
            let token = try connection.ok("token.create role=channel channel=pos").text("token") ?? ""
            let till = try daemon.connect()
            try till.ok("auth \(token)")

            let added = try till.ok("address.add customer=1 line1=Weg-1 postcode=50667 city=Köln")

            XCTAssertEqual(added.text("source"), "pos")
            XCTAssertEqual(
                try till.ok("address.add customer=1 line1=WEG-1 postcode=50667 city=koln")["existing"], .bool(true))
            XCTAssertEqual(try till.rows("address.list 1").count, 1)
            XCTAssertEqual(try till.refusal("address.update 1 phone=1"), "403 forbidden")
            XCTAssertEqual(try till.refusal("address.remove 1"), "403 forbidden")
        }
    }
}
