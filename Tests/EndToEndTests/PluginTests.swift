import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class PluginTests: XCTestCase {
    /// Runs a body with a daemon that has a plugin, `stall`, and a tenant, `acme`, where it is switched on.
    private func withStall(
        changes: [String: String] = [:], isEnabled: Bool = true,
        _ body: (RunningDaemon, ControlConnection, TestPlugin) throws -> Void
    ) throws {
        try withTemporaryDirectory { directory in
            let plugin = try TestPlugin(in: "\(directory)/plugins", changes: changes)
            let daemon = try RunningDaemon(in: directory, plugins: plugin.plugins)
            defer { daemon.stop() }
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let connection = try daemon.connect(to: "acme")
            if isEnabled { try connection.ok("channel.enable stall") }
            try body(daemon, connection, plugin)
        }
    }

    private func sale(_ details: String, _ more: String = "total=5.00") -> String {
        "order.register channel=stall \(more) details={\(details)}"
    }

    func testAPluginTranslatesOrdersAndKeepsItsOwnTable() throws {
        try withStall { _, connection, _ in
            let buyer = #"customer={"email":"ann@example.org","name":"Ann"}"#
            let line = sale(#""place":"north","paid":true,"phone":"0171 123","note":true"#, "ext=1 total=5.00 \(buyer)")
            let answer = try connection.ok(line)

            XCTAssertEqual(answer.text("total"), "5.00")
            XCTAssertEqual(try connection.ok(line)["existing"]?.boolValue, true)
            let order = try connection.ok("order.show \(answer.number("order") ?? 0)")
            XCTAssertEqual(order.text("channel_state"), "sold")
            XCTAssertEqual(order.text("paid"), "5.00")
            XCTAssertEqual(order["summary"]?.text, #"[{"label":"Place","text":"north"}]"#)
            XCTAssertEqual(
                try connection.ok("stall.count north"),
                try JSON(parsing: #"{"sales":1,"greeting":"hello"}"#))
            let topics = try connection.rows("timeline.list customer=1").compactMap { $0.text("topic") }
            XCTAssertTrue(topics.contains("stall.sold"), "\(topics)")
            let data = JSON.array(try connection.rows("customer.data 1")).text
            XCTAssertTrue(data.contains("0171 123"), data)
            try connection.ok("customer.erase 1")
            XCTAssertFalse(try connection.ok("order.show 1").text.contains("0171"))
        }
    }

    func testAPluginIsWokenWhenItAskedToBeAndNotBefore() throws {
        try withStall { _, connection, _ in
            try connection.ok("event.watch topics=stall.woken")
            try connection.ok(sale(#""place":"a","wake":"2099-01-01T00:00:00Z""#, "ext=late total=5.00"))
            try connection.ok(sale(#""place":"a","wake":"2026-01-01T00:00:00Z""#, "ext=due total=5.00"))

            while connection.events.isEmpty {
                if case .event(let event) = try XCTUnwrap(connection.readAnswerLine()) {
                    connection.events.append(event)
                }
            }

            XCTAssertEqual(connection.events.map(\.topic), ["stall.woken"])
            XCTAssertEqual(connection.events.first?.body.text("actor"), "channel:stall")
        }
    }

    func testWhatAPluginRefusesReachesTheCaller() throws {
        try withStall { _, connection, _ in
            let missing = try XCTUnwrap(try connection.ask(sale("")).error)
            XCTAssertEqual(missing.text, "422 incomplete")
            XCTAssertEqual(missing.body["missing"]?.text, #"["place"]"#)
            XCTAssertEqual(try connection.refusal(sale(#""place":"nowhere""#)), "409 no-such-place")
            XCTAssertEqual(try connection.refusal(sale(#""place":"a","mode":"unknown-code""#)), "502 plugin-failed")
            XCTAssertEqual(try connection.refusal(sale(#""place":"a","mode":"nonsense""#)), "502 plugin-failed")
            XCTAssertEqual(try connection.refusal(sale(#""place":"a","mode":"sql""#)), "502 plugin-failed")
            try connection.ok(sale(#""place":"a","seat":"A1""#))
            XCTAssertEqual(try connection.refusal(sale(#""place":"a","seat":"A1""#)), "409 seat-taken")
            XCTAssertEqual(try connection.refusal("stall.sell 7 mode=stale"), "409 conflict")
            XCTAssertEqual(try connection.rows("order.list").count, 1)
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testAVerbOfAPluginRegistersOrders() throws {
        try withStall { _, connection, _ in
            let answer = try connection.ok("stall.sell r1 key=k1")

            XCTAssertEqual(answer.number("order"), 1)
            XCTAssertEqual(try connection.ok("stall.sell r1 key=k1")["replayed"]?.boolValue, true)
            XCTAssertEqual(try connection.ok("order.show channel=stall ext=r1").text("total"), "5.00")
            XCTAssertEqual(try connection.ok("order.cancel 1").text("channel_state"), "void")
            XCTAssertEqual(try connection.refusal("order.cancel 99"), "404 no-order")
        }
    }

    func testAPluginAsksTheCoreInTheTenantOfTheRequestOnly() throws {
        try withStall { daemon, connection, _ in
            try daemon.connect().ok("tenant.create other currency=EUR country=DE account.invite=false")
            let other = try daemon.connect(to: "other")
            try other.ok("channel.enable stall")
            try other.ok("channel.configure stall greeting=canary")
            try connection.ok("customer.create name=Ann email=ann@example.org")

            let here = try connection.ok(sale(#""place":"a","look":"ann@example.org","echo":true"#))
            let there = try other.ok(sale(#""place":"a","look":"ann@example.org","echo":true"#))

            XCTAssertTrue(here["warnings"]?.text.contains("ann@example.org") ?? false, here.text)
            XCTAssertTrue(here["warnings"]?.text.contains("hello") ?? false, here.text)
            XCTAssertTrue(there["warnings"]?.text.contains(#"\"customer\": null"#) ?? false, there.text)
            XCTAssertTrue(there["warnings"]?.text.contains("canary") ?? false, there.text)
            XCTAssertEqual(try connection.ok("plugin.show stall")["processes"]?.arrayValue?.count, 1)
        }
    }

    func testAPluginIsOffUntilSomebodySwitchesItOn() throws {
        try withStall { daemon, _, _ in
            try daemon.connect().ok("tenant.create other currency=EUR country=DE")
            let other = try daemon.connect(to: "other")

            XCTAssertEqual(try other.refusal(sale(#""place":"a""#)), "409 channel-disabled")
            XCTAssertEqual(try other.refusal("stall.sell 1"), "409 channel-disabled")
            XCTAssertEqual(
                try other.rows("channel.list").first { $0.text("channel") == "stall" }?["enabled"]?.boolValue, false)
            XCTAssertEqual(try other.ok("channel.configure pos").text("channel"), "pos")
            try other.ok("channel.enable stall")
            try other.ok(sale(#""place":"a""#))
            try other.ok("channel.disable stall")
            XCTAssertEqual(try other.refusal(sale(#""place":"a""#)), "409 channel-disabled")
            XCTAssertEqual(try other.ok("order.show 1").text("channel"), "stall")
        }
    }

    func testSettingsThatThePluginDislikesAreToldWhenItIsAsked() throws {
        try withStall { _, connection, _ in
            try connection.ok("channel.configure stall greeting=bad")
            XCTAssertEqual(try connection.refusal(sale(#""place":"a""#)), "422 bad-greeting")
            XCTAssertEqual(try connection.refusal("channel.configure stall colour=red"), "400 unknown-argument")
            try connection.ok("channel.configure stall greeting=good")
            XCTAssertEqual(try connection.ok("stall.count a").text("greeting"), "good")
        }
    }

    func testABrokenPluginIsShownAndNothingElseIsHarmed() throws {
        try withStall(changes: ["states": "[]"], isEnabled: false) { _, connection, plugin in
            let row = try XCTUnwrap(try connection.rows("plugin.list").first)
            XCTAssertEqual(row.text("state"), "broken")
            XCTAssertEqual(row.text("last_error"), "plugin.json: states: one state is needed at least")
            XCTAssertEqual(try connection.refusal("channel.enable stall"), "404 no-channel")
            XCTAssertEqual(try connection.refusal("plugin.reload stall"), "502 plugin-failed")
            try plugin.write([:])
            try connection.ok("plugin.reload stall")
            try connection.ok("channel.enable stall")
            try connection.ok(sale(#""place":"a""#))
        }
    }

    func testOwnTablesThatCannotBeMadeKeepAPluginOff() throws {
        let undeclared = #"[{"name":"stall__sale","columns":{"order_id":"order"}}]"#
        try withStall(changes: ["tables": undeclared], isEnabled: false) { _, connection, _ in
            XCTAssertEqual(try connection.refusal("channel.enable stall"), "422 undeclared-column")
            XCTAssertEqual(try connection.refusal(sale(#""place":"a""#)), "409 channel-disabled")
            try connection.ok(
                "order.register channel=pos ext=1 total=1.00 details={\"register\":\"1\",\"receipt\":\"1\"}")
        }
    }

    func testReloadTakesUpAChangedManifest() throws {
        try withStall { _, connection, plugin in
            let before = try connection.ok("plugin.test stall")
            XCTAssertEqual(before.text("state"), "ready")
            try plugin.write([
                "version": "\"1.1.0\"",
                "verbs":
                    #"[{"name":"count","summary":"counts","parameters":[{"name":"place","type":"text","summary":"where"}]},"#
                    + #"{"name":"tell","summary":"tells","changing":true,"parameters":[{"name":"ext","type":"text","summary":"what"}]}]"#,
            ])

            let after = try connection.ok("plugin.reload stall")

            XCTAssertEqual(after.text("version"), "1.1.0")
            XCTAssertNotEqual(after.number("pid"), before.number("pid"))
            XCTAssertEqual(after.number("generation"), 2)
            XCTAssertEqual(try connection.refusal("stall.sell 1"), "405 unknown-verb")
            try connection.ok("stall.tell 1")
            try connection.ok(sale(#""place":"a""#))
            XCTAssertEqual(try connection.refusal("plugin.reload nothing"), "404 no-plugin")
        }
    }

    func testAVerbMayGoOnWhileItsPluginIsSwitchedOff() throws {
        let verbs = #"""
            [{"name":"count","summary":"counts","parameters":[{"name":"place","type":"text","summary":"where"}]},
             {"name":"sell","summary":"sells","changing":true,"parameters":[{"name":"ext","type":"text","summary":"what"}]},
             {"name":"settle","summary":"settles","changing":true,"works_switched_off":true,
              "parameters":[{"name":"ext","type":"text","summary":"what"}]}]
            """#
        try withStall(changes: ["verbs": verbs]) { _, connection, _ in
            try connection.ok("channel.disable stall")

            XCTAssertEqual(try connection.refusal("stall.sell 1"), "409 channel-disabled")
            XCTAssertEqual(try connection.ok("stall.settle 1").number("order"), 1)
            XCTAssertEqual(try connection.ok("stall.count a").number("sales"), 0)
        }
    }

    func testAPluginMayTellWhatABuyerAgreedTo() throws {
        try withStall { _, connection, _ in
            let buyer = #"total=5.00 customer={"email":"ann@example.org"}"#
            try connection.ok(sale(#""place":"a","agreed":"sms""#, buyer))

            let consent = try connection.ok("consent.show 1").text
            XCTAssertTrue(consent.contains(#""purpose":"sms","status":"subscribed""#), consent)
            XCTAssertEqual(try connection.refusal(sale(#""place":"a","agreed":"fax""#, buyer)), "502 plugin-failed")
        }
    }

    func testTablesThatCannotBeMadeWhenATenantIsOpenedKeepThePluginFromWriting() throws {
        try withTemporaryDirectory { directory in
            let plugin = try TestPlugin(in: "\(directory)/plugins")
            let first = try RunningDaemon(in: directory, plugins: plugin.plugins)
            try first.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let before = try first.connect(to: "acme")
            try before.ok("channel.enable stall")
            try before.ok(sale(#""place":"a""#))
            first.stop()
            try plugin.write(["tables": #"[{"name":"stall__sale","columns":{"order_id":"order"}}]"#])

            let daemon = try RunningDaemon(in: directory, plugins: plugin.plugins)
            defer { daemon.stop() }
            let connection = try daemon.connect(to: "acme")

            XCTAssertEqual(try connection.refusal(sale(#""place":"a""#)), "422 undeclared-column")
            XCTAssertEqual(try connection.refusal("stall.sell 1"), "422 undeclared-column")
            try connection.ok("order.register channel=online-shop ext=1 total=1.00")
            XCTAssertEqual(try connection.rows("order.list channel=stall").count, 1)
            try plugin.write([:])
            try connection.ok("plugin.reload stall")
            try connection.ok(sale(#""place":"a""#))
        }
    }

    func testHowFarATenantIsBehindIsKnownAfterARestart() throws {
        try withTemporaryDirectory { directory in
            let topics = ["topics": #"["customer.created"]"#]
            let plugin = try TestPlugin(in: "\(directory)/plugins", changes: topics)
            let first = try RunningDaemon(in: directory, plugins: plugin.plugins)
            try first.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            try first.connect(to: "acme").ok("channel.enable stall")
            first.stop()
            try plugin.write(topics.merging(["command": #"["false"]"#]) { $1 })
            let second = try RunningDaemon(in: directory, plugins: plugin.plugins)
            for number in 1...3 { try second.connect(to: "acme").ok("customer.create name=\(number)") }
            let seen = try backlog(second)
            second.kill()

            let third = try RunningDaemon(in: directory, plugins: plugin.plugins)
            defer { third.stop() }

            XCTAssertEqual(seen, 3)
            XCTAssertEqual(try backlog(third), 3)
        }
    }

    /// How many entries the one tenant is behind, once that is known; 20 s at most.
    private func backlog(_ daemon: RunningDaemon) throws -> Int64? {
        let connection = try daemon.connect()
        for _ in 0..<4_000 {
            let backlogs = try connection.ok("plugin.show stall")["backlogs"]?.arrayValue ?? []
            if let lag = backlogs.first?.number("lag"), lag >= 3 { return lag }
            usleep(5_000)
        }
        return nil
    }
}
