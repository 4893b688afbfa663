import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class ConsentTests: XCTestCase {
    private let settings =
        "currency=EUR country=DE consent.double_opt_in=true link.url=https://shop.example/{action}?t={token}"

    private func portal(_ daemon: RunningDaemon, _ connection: ControlConnection) throws -> ControlConnection {
        let token = try connection.ok("token.create role=portal label=web").text("token") ?? ""
        let portal = try daemon.connect()
        try portal.ok("auth \(token)")
        return portal
    }

    func testACheckoutSubscribesOnlyOnceThePersonHasConfirmed() throws {
        try withShop(settings) { daemon, connection in
            let order =
                #"order.register channel=online-shop ext=1 customer={"email":"ann@example.org","name":"Ann"} total=1.00"#
            try connection.ok(order + #" consent={"purpose":"newsletter","wording":"v1"}"#)
            XCTAssertEqual(try connection.ok("customer.show 1")["consent"]?.text("newsletter"), "pending")
            let text = try XCTUnwrap(connection.rows("message.outbox kind=consent").first?.text("text"))
            let link = try XCTUnwrap(text.split(separator: "?t=").last?.split(separator: "\n").first)

            let portal = try portal(daemon, connection)
            let confirmed = try portal.ok("consent.confirm token=\(link)")

            XCTAssertEqual(confirmed["consent"]?["newsletter"]?.text("status"), "subscribed")
            XCTAssertEqual(confirmed["evidence"]?.arrayValue?.map { $0.text("status") }, ["pending", "subscribed"])
            XCTAssertEqual(try portal.refusal("consent.confirm token=\(link)"), "410 used")
            XCTAssertEqual(try portal.refusal("consent.confirm token=nonsense"), "404 no-ticket")
            XCTAssertEqual(try portal.refusal("consent.confirm customer=1"), "400 missing-argument")
            XCTAssertEqual(try portal.refusal("consent.unsubscribe customer=1"), "400 missing-argument")
        }
    }

    func testTheProofShowsTheTextThatWasAgreedToInTheShopsTime() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create name="<b>Ann & Bo</b>" email=ann@example.org"#)
            try connection.ok(#"consent.wording version=v1 text="Yes, <i>news</i>""#)
            XCTAssertEqual(
                try connection.refusal("consent.wording version=v1 text=other"), "409 wording-taken")
            try connection.ok(#"consent.subscribe 1 wording=v1 source_ip=192.0.2.7 note="told Lena""#)

            let proof = try connection.ok("consent.proof 1")
            let page = try connection.rows("consent.proof 1 format=html").compactMap { $0.text("text") }.joined()

            XCTAssertEqual(proof["wordings"]?.arrayValue?.first?.text("text"), "Yes, <i>news</i>")
            XCTAssertEqual(proof["evidence"]?.arrayValue?.first?.text("source_ip"), "192.0.2.7")
            let local = try XCTUnwrap(proof["evidence"]?.arrayValue?.first?.text("local"))
            XCTAssertTrue(local.hasSuffix(" +01:00") || local.hasSuffix(" +02:00"), local)
            XCTAssertTrue(page.contains("&lt;b&gt;Ann &amp; Bo&lt;/b&gt;"))
            XCTAssertTrue(page.contains("Yes, &lt;i&gt;news&lt;/i&gt;"))
            XCTAssertTrue(page.contains("told Lena"))
            XCTAssertFalse(page.contains("<b>") || page.contains("<i>"))
            XCTAssertTrue(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>"))
        }
    }

    func testTheSuppressionListTellsOnlyWhoAsksForAnAddress() throws {
        try withShop { _, connection in
            try connection.ok(#"customer.create name=Ann email=ann@example.org phone="0171 2345678""#)
            try connection.ok("consent.unsubscribe 1")

            let asked = try connection.ok("consent.suppressed email=ANN@example.org")
            XCTAssertEqual(asked["suppressed"]?.boolValue, true)
            XCTAssertEqual(asked["purposes"]?["newsletter"]?.text("reason"), "unsubscribed")
            XCTAssertEqual(
                try connection.ok(#"consent.suppressed phone="0171 2345678""#)["suppressed"]?.boolValue, false)
            let counts = try connection.ok("consent.suppressed")
            XCTAssertEqual(counts["suppressed"], .null)
            XCTAssertEqual(counts["entries"]?.arrayValue?.map { $0.number("contacts") }, [1])
            XCTAssertEqual(try connection.refusal("consent.subscribe 1"), "409 suppressed")
        }
    }
}
