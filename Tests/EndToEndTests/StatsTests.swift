import ControlClient
import StrictJSON
import TestSupport
import XCTest

final class StatsTests: XCTestCase {
    private func text(_ connection: ControlConnection, _ arguments: String = "") throws -> ExpositionText {
        let rows = try connection.rows("stats format=prometheus \(arguments)").compactMap { $0.text("text") }
        XCTAssertTrue(rows.allSatisfy { $0.hasSuffix("\n") })
        return try ExpositionText(rows.map { String($0.dropLast()) })
    }

    func testRequestsAndCommitsAreCountedByTenantAndForTheHost() throws {
        try withShop { daemon, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            for number in 1...3 { try connection.ok("order.register channel=online-shop ext=\(number) total=1.00") }
            XCTAssertEqual(try connection.refusal("customer.show 9"), "404 no-customer")
            XCTAssertEqual(try connection.refusal("no.verb"), "405 unknown-verb")
            try connection.ok("message.send customer=1 subject=Hello text=Hello")

            let tenant = try connection.ok("stats tenant=acme")

            XCTAssertEqual(tenant.text("tenant"), "acme")
            XCTAssertEqual(tenant["requests"]?.number("answered"), 5)
            XCTAssertEqual(tenant["requests"]?.number("refused"), 1)
            XCTAssertEqual(tenant["requests"]?.number("failed"), 0)
            let times = tenant["requests"]?["ms"]
            XCTAssertEqual(times?["counts"]?.arrayValue?.compactMap(\.integerValue).reduce(0, +), 6)
            XCTAssertEqual(
                times?["bounds"]?.arrayValue?.prefix(3).map(\.text), ["0.25", "0.5", "1"])
            XCTAssertEqual(tenant["commits"]?.number("count"), 5)
            XCTAssertEqual(tenant["commits"]?.number("changes"), 5)
            XCTAssertEqual(tenant.number("customers"), 1)
            XCTAssertEqual(tenant.number("orders"), 3)
            XCTAssertEqual(tenant.number("mails_waiting"), 1)
            XCTAssertEqual(tenant.number("parked"), 0)
            XCTAssertEqual(tenant["open"], .bool(true))
            XCTAssertGreaterThan(tenant.number("bytes") ?? 0, 100_000)
            let host = try connection.ok("stats")
            XCTAssertEqual(host.number("open_tenants"), 1)
            XCTAssertEqual(host.number("warm_tenants"), 1)
            XCTAssertGreaterThan(host["requests"]?.number("answered") ?? 0, 6)
            XCTAssertEqual(host["requests"]?.number("refused"), 2)
            XCTAssertEqual(host["pools"]?["writers"]?.number("threads"), 32)
            XCTAssertEqual(host.number("tenants_with_mail"), 1)
        }
    }

    func testTheHostsFiguresAreWhatPrometheusReads() throws {
        try withShop { daemon, connection in
            try daemon.connect().ok("tenant.create idle")
            try connection.ok("customer.create name=Ann")

            let text = try text(connection)

            XCTAssertEqual(text.types["patron_requests_total"], "counter")
            XCTAssertEqual(text.types["patron_request_duration_seconds"], "histogram")
            XCTAssertEqual(text.value("patron_open_tenants"), 1)
            XCTAssertEqual(text.value("patron_warm_tenants"), 1)
            XCTAssertEqual(text.value("patron_tenant_requests_total", ["tenant": "acme", "outcome": "answered"]), 1)
            XCTAssertNil(text.value("patron_tenant_requests_total", ["tenant": "idle", "outcome": "answered"]))
            XCTAssertEqual(text.value("patron_pool_threads", ["pool": "writers"]), 32)
            XCTAssertGreaterThan(text.value("patron_received_bytes_total") ?? 0, 0)
            let bare = try self.text(connection, "active_minutes=0")
            XCTAssertFalse(bare.samples.contains { $0.labels["tenant"] != nil })
        }
    }

    func testATenantsFiguresAreWhatPrometheusReadsToo() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")

            let text = try text(connection, "tenant=acme")

            XCTAssertEqual(text.value("patron_tenant_customers", ["tenant": "acme"]), 1)
            XCTAssertEqual(
                text.value("patron_tenant_request_duration_seconds_count", ["tenant": "acme"]), 1)
            XCTAssertEqual(text.value("patron_tenant_commit_changes_bucket", ["tenant": "acme", "le": "1"]), 1)
        }
    }

    func testAShopSeesItsOwnFiguresOnly() throws {
        try withShop { daemon, connection in
            try daemon.connect().ok("tenant.create other")
            let staff = try daemon.connect()
            try staff.ok("auth \(try XCTUnwrap(connection.ok("token.create role=staff").text("token")))")

            XCTAssertEqual(try staff.ok("stats tenant=acme").text("tenant"), "acme")
            XCTAssertEqual(
                try staff.ok(#"{"jsonrpc":"2.0","id":1,"method":"stats","params":{"tenant":"acme"}}"#).text("tenant"),
                "acme")
            XCTAssertEqual(try staff.refusal("stats tenant=other"), "403 forbidden")
            XCTAssertEqual(try staff.refusal("stats"), "403 forbidden")
            XCTAssertEqual(try connection.refusal("stats tenant=nobody"), "404 no-tenant")
            XCTAssertEqual(try connection.refusal("stats active_minutes=-1"), "400 bad-value")
        }
    }

    func testTheReaderOfTheFormatIsStrict() {
        let head = ["# HELP a_total x", "# TYPE a_total counter"]
        for (lines, reason) in [
            (["a 1"], "without HELP and TYPE"), (head + ["a_total -1"], "a counter ends in _total and is not negative"),
            (head + ["a_total 1", "a_total 2"], "the same series twice"),
            (head + [#"a_total{b="\x"} 1"#], "no such escape"),
            (head + ["a_total one"], "no number"), (head + ["a_total{b=1} 1"], "a label without quotes"),
            (["# HELP h x", "# TYPE h histogram", #"h_bucket{le="1"} 1"#], "bounds that do not ascend to +Inf"),
        ] {
            XCTAssertThrowsError(try ExpositionText(lines)) { error in
                XCTAssertEqual((error as? ExpositionText.Mistake)?.reason, reason)
            }
        }
    }
}
