import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class PrintTests: XCTestCase {
    private static let preparation = [
        #"customer.create name="Ann Öz" email=ann@example.org phone="0171 2345678" language=de birthday=1984-02-29"#,
        "tag.assign customer=1 tag=VIP",
        #"order.register channel=online-shop ext=A-1 customer=1 placed_at=2026-01-05T10:00 lines=[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"}]"#,
        #"order.register channel=pos ext=t1 customer=1 total=1234.50 details={"register":"7","receipt":"1009"}"#,
        "coupon.create code=BIRTHDAY percent=12.5 customer=1 limit=1 ends=2030-01-31",
        #"address.add customer=1 country=DE postcode=10115 city=Berlin title=Home line1="Invalidenstr. 1" shipping=true"#,
        "consent.subscribe customer=1 wording=v1", "note.add customer=1 text=MARKER-note",
    ]

    private func sheet(_ line: String, _ connection: ControlConnection) throws -> String {
        try connection.rows("customer.print \(line)").map { $0.text("text") ?? "" }.joined()
    }

    func testEachLevelShowsWhatItIsFor() throws {
        try withShop("currency=EUR country=DE locale=de time_zone=Europe/Berlin title=\"Ann's & Co\"") {
            _, connection in
            for line in Self.preparation { try connection.ok(line) }
            try connection.ok("customer.deny 1 reason=MARKER-reason")

            let counter = try sheet("1", connection)
            let customer = try sheet("1 level=customer", connection)
            let authority = try sheet("1 level=authority", connection)
            let everything = try sheet("1 level=authority notes=true", connection)

            for html in [counter, customer, authority, everything] {
                XCTAssertTrue(html.hasPrefix("<!DOCTYPE html>"))
                XCTAssertTrue(html.hasSuffix("</body></html>\n"))
                XCTAssertTrue(html.contains("<h1 dir=\"auto\">Ann Öz</h1>"))
                XCTAssertTrue(html.contains("Ann&#39;s &amp; Co"))
                XCTAssertTrue(html.contains("1.249,50\u{A0}€"))
                XCTAssertTrue(html.contains("BIRTHDAY"))
                XCTAssertTrue(html.contains("12,5 %"))
                XCTAssertTrue(html.contains("05.01.2026"))
            }
            XCTAssertFalse(counter.contains("Mug"))
            XCTAssertTrue(counter.contains("VIP"))
            XCTAssertTrue(counter.contains("class=\"warning\""))
            XCTAssertTrue(customer.contains("Mug"))
            XCTAssertTrue(
                customer.contains("<b>Home · Lieferadresse</b>Ann Öz\nInvalidenstr. 1\n10115 Berlin</address>"))
            XCTAssertTrue(customer.contains("31.01.2030"))
            XCTAssertTrue(customer.contains("2 × 7,50"))
            XCTAssertTrue(customer.contains("Deutsch"))
            XCTAssertFalse(counter.contains("Invalidenstr"))
            XCTAssertTrue(customer.contains("29.02.1984"))
            XCTAssertTrue(customer.contains("1009"))
            XCTAssertFalse(customer.contains("VIP"))
            XCTAssertFalse(customer.contains("class=\"warning\""))
            XCTAssertFalse(customer.contains("Nachweis"))
            XCTAssertTrue(authority.contains("Nachweis"))
            XCTAssertTrue(authority.contains("order.registered"))
            for html in [counter, customer, authority] { XCTAssertFalse(html.contains("MARKER")) }
            XCTAssertTrue(everything.contains("MARKER-note"))
            XCTAssertTrue(everything.contains("MARKER-reason"))
        }
    }

    func testTheLanguageIsTheCustomersAndAmountsAreTheShops() throws {
        try withShop("currency=EUR country=GB locale=en-GB time_zone=Europe/London") { _, connection in
            try connection.ok("customer.create name=Işık language=tr-TR")
            try connection.ok("customer.create name=Jean language=fr")
            try connection.ok("order.register channel=online-shop ext=1 customer=1 total=1234.50")

            let turkish = try sheet("1", connection)

            XCTAssertTrue(turkish.contains("<html lang=\"tr\">"))
            XCTAssertTrue(turkish.contains("Siparişler"))
            XCTAssertTrue(turkish.contains("€1,234.50"))
            XCTAssertTrue(try sheet("2", connection).contains("<html lang=\"en\">"))
            XCTAssertTrue(try sheet("2 language=de", connection).contains("Bestellungen"))
        }
    }

    func testWhateverPeopleWroteIsTextOnThePage() throws {
        let hostile = [
            "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "'-alert(1)-'", "</style><b>", "<!--",
            "&lt;",
            "\u{1B}[31m\u{7}", "\u{202E}evil", "]]>", "{{7*7}}", "</td></tr></table>",
        ]
        try withShop { _, connection in
            for (index, text) in hostile.enumerated() {
                let json = JSON.string(text).text
                let id = try connection.ok("customer.create name=\(json) company=\(json)").number("id") ?? 0
                try connection.ok(#"tag.assign customer=\#(id) tag=\#(json)"#)
                try connection.ok(#"note.add customer=\#(id) text=\#(json)"#)
                try connection.ok(
                    #"order.register channel=online-shop ext=\#(json) customer=\#(id) lines=[{"sku":\#(json),"name":\#(json),"unit_price":"1"}] details={"shipping":{"carrier":\#(json),"tracking":\#(json)}}"#
                )
                for level in ["counter", "customer", "authority notes=true"] {
                    let html = try sheet("\(id) level=\(level)", connection)
                    let tags = Set(html.matches(of: /<\/?([a-zA-Z!][a-zA-Z0-9]*)/).map { String($0.1) })
                    let known: Set<String> = [
                        "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "header", "h1", "h2", "p", "dl",
                        "dt", "dd", "table", "thead", "tbody", "tr", "th", "td", "div", "address", "b",
                    ]
                    XCTAssertTrue(tags.isSubset(of: known), "\(tags.subtracting(known)) in \(index)")
                    XCTAssertEqual(html.components(separatedBy: "<b>").count, 1)
                    XCTAssertEqual(html.components(separatedBy: "</style>").count, 2)
                    XCTAssertFalse(html.contains("onerror=alert(1)>"))
                    XCTAssertFalse(html.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" })
                }
            }
        }
    }

    func testOnlyWhoMaySeesTheSheet() throws {
        try withShop { daemon, connection in
            for line in Self.preparation { try connection.ok(line) }
            let token = try XCTUnwrap(connection.ok("token.create role=channel channel=pos").text("token"))
            let till = try daemon.connect()
            try till.ok("auth \(token)")

            let counter = try till.rows("customer.print 1").map { $0.text("text") ?? "" }.joined()

            XCTAssertTrue(counter.contains("Ann Öz"))
            XCTAssertTrue(counter.contains("t1"))
            XCTAssertFalse(counter.contains("A-1"))
            XCTAssertEqual(try till.ask("customer.print 1 level=customer").error?.text, "403 forbidden")
            XCTAssertEqual(try connection.ask("customer.print 9").error?.text, "404 no-customer")
            XCTAssertEqual(try connection.ask("customer.print 1 level=full").error?.text, "400 bad-value")
            XCTAssertEqual(try connection.ask("customer.print 1 notes=true").error?.text, "400 bad-value")
        }
    }
}
