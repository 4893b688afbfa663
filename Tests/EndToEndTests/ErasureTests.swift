import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class ErasureTests: XCTestCase {
    /// Stands in everything that is kept about a person, in the middle of other text.
    private let marker = "Qzmarker"

    /// Enters a person with the marker in every field that there is.
    private func plant(_ connection: ControlConnection) throws {
        let m = marker
        let lines = [
            #"customer.create name="\#(m) Öz" first_name=\#(m) last_name=\#(m) email=\#(m)@example.org phone="0171 2345678" language=de company="\#(m) GmbH" vat_id=DE\#(m) birthday=1984-02-29 custom={"shoe":"\#(m)"} country=DE key=k1"#,
            "customer.update 1 company=\(m)AG", #"note.add 1 text="\#(m) owes us""#,
            #"customer.deny 1 reason="\#(m) again" public_reason="\#(m)""#, "customer.allow 1",
            "tag.assign customer=1 tag=VIP", #"message.send customer=1 subject="Dear \#(m)" text="Hello \#(m)""#,
            #"comment.add customer=1 text="\#(m) called""#,
            #"address.add customer=1 title=\#(m) name=\#(m) line1="\#(m) 5" postcode=89073 city=\#(m) country=DE"#,
            "coupon.create code=\(m)10 percent=10 customer=1",
            #"consent.subscribe 1 wording=v1 source_ip=\#(m) note="heard by \#(m)""#,
            #"order.register channel=online-shop ext=o1 customer={"email":"\#(m)@example.org","name":"\#(m) Öz","ext":"\#(m)-7","address":{"line1":"\#(m) 5","city":"\#(m)","country":"DE"}} total=20.00 coupon=\#(m)10 details={"shipping":{"name":"\#(m)","phone":"\#(m)","method":"by \#(m)","address":{"line1":"\#(m)"}},"payment":{"payer":"\#(m)","iban":"\#(m)"},"fulfilment":{"signed_by":"\#(m)"},"vat_id":"\#(m)","session":"\#(m)","gift":"for \#(m) Öz"} key=k2"#,
            #"order.register channel=booking ext=b1 customer={"email":"\#(m)@example.org"} total=1.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin","participant":{"name":"\#(m)"},"note":"\#(m)"}"#,
            #"order.register channel=events ext=e1 customer={"email":"\#(m)@example.org"} total=1.00 details={"event":"Fair","tickets":[{"type":"day","attendee":"\#(m)","wish":"\#(m)"}]}"#,
            #"order.register channel=pos ext=p1 customer={"email":"\#(m)@example.org"} total=1.00 details={"register":"1","receipt":"1","e_receipt":"\#(m)@example.org","reason":"\#(m)","tenders":[{"kind":"card","amount":"1.00","holder":"\#(m)","pan":"\#(m)"}]}"#,
            #"order.register channel=manual ext=m1 customer={"email":"\#(m)@example.org"} total=1.00 details={"source":"phone","note":"\#(m)"}"#,
            "online-shop.pay ext=o1 amount=50.00 method=\(m)pay reference=\(m)-1",
            #"online-shop.refund ext=o1 amount=1.00 method=\#(m) reference=\#(m)-2 reason="for \#(m)""#,
            "online-shop.ship ext=o1 carrier=\(m) tracking=\(m)", #"online-shop.return ext=o1 reason="\#(m) says so""#,
            #"customer.create name="\#(m) Twin" email=\#(m)2@example.org"#, "customer.merge into=1 from=2",
        ]
        for line in lines { try connection.ok(line) }
    }

    private func holdsMarker(_ directory: String) throws -> [String] {
        let folder = "\(directory)/tenants/acme"
        let needles = [Data(marker.utf8), Data(marker.lowercased().utf8), Data("491712345678".utf8)]
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            return needles.contains { data.range(of: $0) != nil }
        }
    }

    func testSomebodyWhoComesWithAnothersOrderIsToldAndErasedByTheirOwnAddress() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let connection = try daemon.connect(to: "acme")
            let (m, email) = (marker, "\(marker)@Example.org")
            for line in [
                "customer.create name=\(m) email=\(email)",
                "events.create event=jazz title=Jazz starts=2099-12-24T20:00",
                "events.set-ticket-type event=jazz type=seat price=10.00",
                #"order.register channel=events ext=e1 customer={"email":"bo@example.org"} details={"event":"jazz","tickets":[{"type":"seat","attendee":{"name":"\#(m)","email":"\#(email.lowercased())"}},{"type":"seat","attendee":{"name":"Cem","email":"cem@example.org"}}]}"#,
                #"order.register channel=events ext=e2 customer={"email":"bo@example.org"} total=1.00 details={"event":"Fair","tickets":[{"type":"day","attendee":{"name":"\#(m)","email":"\#(email)"}}]}"#,
                #"order.register channel=booking ext=b1 customer={"email":"bo@example.org"} total=1.00 details={"service":"Cut","start":"2027-03-05T18:00","end":"2027-03-05T19:30","time_zone":"Europe/Berlin","participant":{"name":"\#(m)","email":"\#(email)"}}"#,
                "events.update jazz starts=2099-12-25T20:00 notify=true",
            ] { try connection.ok(line) }

            let told = try connection.rows("customer.data 1").filter { $0.text("kind") == "participation" }
            try connection.ok("customer.erase 1")

            XCTAssertEqual(told.count, 3)
            XCTAssertFalse(JSON.array(told).text.contains("bo@"), JSON.array(told).text)
            XCTAssertEqual(try holdsMarker(directory), [])
            let left = try connection.rows("events.attendees jazz").map { $0["attendee"]?.text("name") }
            XCTAssertEqual(left, [nil, "Cem"])
            let booked = try connection.ok("order.show channel=booking ext=b1")
            XCTAssertEqual(booked["details"]?["participant"], .null)
            XCTAssertEqual(booked["buyer"]?.text("email"), "bo@example.org")
        }
    }

    func testNothingOfAnErasedPersonIsLeftInTheFilesNorAnywhereElse() throws {
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE consent.double_opt_in=true")
            let connection = try daemon.connect(to: "acme")
            try plant(connection)
            XCTAssertNotEqual(try holdsMarker(directory), [])

            let erased = try connection.ok("customer.erase 1 confirm=1")

            XCTAssertEqual(erased.text("status"), "erased")
            XCTAssertEqual(erased.number("orders"), 5)
            XCTAssertEqual(try holdsMarker(directory), [])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
            let shown = try connection.ok("customer.show 1")
            XCTAssertEqual(shown.text("status"), "erased")
            XCTAssertEqual(shown["totals"]?.text("EUR"), "22.00")
            XCTAssertEqual(try connection.rows("customer.list search=\(marker)"), [])
            XCTAssertEqual(try connection.rows("customer.find email=\(marker)@example.org"), [])
            let orders = try (1...5).map { try connection.ok("order.show \($0)") }
            XCTAssertEqual(orders.first?["buyer"]?.text("country"), "DE")
            XCTAssertEqual(
                orders.map { $0.text("total") }, ["18.00", "1.00", "1.00", "1.00", "1.00"])
            XCTAssertEqual(orders.filter { $0.text.contains(marker) }, [])
            XCTAssertEqual(orders[3]["details"]?["tenders"]?.text, #"[{"amount":"1.00","kind":"card"}]"#)
            XCTAssertEqual(
                try connection.refusal(
                    "order.register channel=pos customer=1 total=1.00 details={\"register\":\"1\",\"receipt\":\"2\"}"),
                "410 erased")
            daemon.stop()
            XCTAssertEqual(try holdsMarker(directory), [])
        }
    }

    func testEverythingAboutAPersonComesOutButWhatIsForStaffOnly() throws {
        try withShop { _, connection in
            try plant(connection)
            let staffOnly = try PlantedMarkers(connection, customer: 1)

            let rows = try connection.rows("customer.data 1")

            let kinds = rows.compactMap { $0.text("kind") }
            XCTAssertEqual(
                Set(kinds),
                [
                    "customer", "account", "external-id", "consent", "order", "coupon", "mail", "message", "event",
                    "channel-data",
                ])
            XCTAssertEqual(kinds.filter { $0 == "order" }.count, 5)
            XCTAssertEqual(kinds.filter { $0 == "customer" }.count, 2)
            let text = rows.map(\.text).joined(separator: "\n")
            for word in [
                "\(marker)AG", "DE\(marker)", "1984-02-29", "\(marker)-7", "heard by \(marker)", "for \(marker)",
                "\(marker)10", "\(marker)2@example.org",
            ] {
                XCTAssertTrue(text.contains(word), word)
            }
            staffOnly.assertAbsent(from: text, "customer.data")
            XCTAssertFalse(text.contains("owes us"))
            XCTAssertEqual(try connection.refusal("customer.data 99"), "404 no-customer")
        }
    }

    func testASweepTellsWhatItTookAndTakesNothingThatIsYoung() throws {
        try withShop("currency=EUR mail.keep_days=1") { _, connection in
            try connection.ok("customer.create email=ann@example.org")
            let mails = try connection.rows("message.outbox").count

            let swept = try connection.ok("tenant.sweep")

            XCTAssertEqual(swept.text, #"{"orders":0,"customers":0,"mails":0,"more":false}"#)
            XCTAssertEqual(try connection.rows("message.outbox").count, mails)
            for value in ["0", "-1", "soon"] {
                XCTAssertEqual(try connection.refusal("tenant.set mail.keep_days=\(value)"), "400 bad-value")
            }
            try connection.ok("tenant.set mail.keep_days=none")
        }
    }

    func testATestCustomerIsPurgedAtOnce() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Probe email=probe@example.org test=true")
            try connection.ok("order.register channel=online-shop ext=1 customer=1 total=1.00 test=true")

            XCTAssertEqual(try connection.ok("customer.erase 1")["purged"]?.boolValue, true)

            XCTAssertEqual(try connection.refusal("customer.show 1"), "404 no-customer")
            XCTAssertEqual(try connection.refusal("order.show 1"), "404 no-order")
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }
}
