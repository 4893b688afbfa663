import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What waits for a plugin, or was refused, is a person's too.
final class ParkedPrivacyTests: XCTestCase {
    /// Stands in everything that names the person.
    private let marker = "Qzmarker"

    private func holdsMarker(_ directory: String) throws -> [String] {
        let folder = "\(directory)/tenants/acme"
        let needles = ["Qzmarker", "qzmarker", "QZMARKER", "2345678"].map { Data($0.utf8) }
        return try FileManager.default.contentsOfDirectory(atPath: folder).filter { name in
            let data = FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data()
            return needles.contains { data.range(of: $0) != nil }
        }
    }

    private func sale(_ ext: String, _ customer: String, _ details: String = #"{"place":"a"}"#) -> String {
        "order.register channel=stall ext=\(ext) total=5.00 customer=\(customer) details=\(details)"
    }

    private func wait(_ connection: ControlConnection, until isReached: () throws -> Bool) throws {
        for _ in 0..<4_000 where try !isReached() {
            try connection.ok("plugin.reset stall")
            usleep(5_000)
        }
    }

    /// A tenant with a person, of whom one request was rejected and four wait, one behind the other's.
    private func plant(_ directory: String, _ plugin: TestPlugin) throws -> RunningDaemon {
        let m = marker
        let first = try RunningDaemon(in: directory, plugins: plugin.plugins, pluginPause: 20)
        try first.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
        let before = try first.connect(to: "acme")
        try before.ok("channel.enable stall")
        try before.ok(#"customer.create name="\#(m) Öz" email=\#(m)@example.org phone="0171 2345678""#)
        let broken = "\(plugin.folder)/broken"
        try "".write(toFile: broken, atomically: true, encoding: .utf8)
        try before.ok(sale("r1", #"{"email":"\#(m)@example.org","name":"\#(m)"}"#, #"{"note":"\#(m)"}"#))
        try FileManager.default.removeItem(atPath: broken)
        try wait(before) { try !before.rows("plugin.parked stall state=rejected").isEmpty }
        first.stop()
        try "".write(toFile: broken, atomically: true, encoding: .utf8)
        let daemon = try RunningDaemon(in: directory, plugins: plugin.plugins, pluginPause: 20)
        let connection = try daemon.connect(to: "acme")
        let whole =
            #"{"email":"QZMARKER@example.org","name":"\#(m) Öz","phone":"+49 171 2345678","#
            + #""address":{"line1":"\#(m) 5","city":"Ulm","country":"DE"}}"#
        let details = #"{"place":"a","phone":"0171 2345678","note":"by \#(m) Öz","friend":"\#(m)"}"#
        for line in [
            sale("w1", whole, details) + " consent=true", sale("w2", "1"), "stall.sell \(m)@example.org",
            sale("w4", #"{"name":"\#(m)","phone":"0171 2345678"}"#), sale("w5", #"{"email":"bo@example.org"}"#),
        ] {
            XCTAssertNotNil(try connection.ok(line).number("parked"), line)
        }
        return daemon
    }

    private func withPlantedShop(_ body: (String, RunningDaemon, TestPlugin) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let plugin = try TestPlugin(
                in: "\(directory)/plugins",
                changes: [
                    "hooks": #"{"translate":{"on_failure":"park"},"perform":{"on_failure":"park"}}"#,
                    "lasting_details": #"["place"]"#, "staff_details": #"["note"]"#,
                ])
            let daemon = try plant(directory, plugin)
            defer { daemon.stop() }
            try body(directory, daemon, plugin)
        }
    }

    func testWhatIsParkedComesOutWithAPersonsData() throws {
        try withPlantedShop { _, daemon, _ in
            let rows = try daemon.connect(to: "acme").rows("customer.data 1").filter { $0.text("kind") == "parked" }

            XCTAssertEqual(
                rows.map { "\($0["data"]?.text("verb") ?? "") \($0["data"]?["request"]?.text("ext") ?? "")" },
                [
                    "order.register r1", "order.register w1", "order.register w2", "stall.sell \(marker)@example.org",
                    "order.register w4",
                ])
            XCTAssertEqual(rows.compactMap { $0["data"]?["request"]?["details"]?["note"]?.text }, ["null", "null"])
            XCTAssertEqual(rows.first?["data"]?.text("state"), "rejected")
        }
    }

    func testAnErasedPersonIsGoneFromWhatIsParkedAndDoesNotComeBack() throws {
        try withPlantedShop { directory, daemon, plugin in
            let connection = try daemon.connect(to: "acme")
            XCTAssertNotEqual(try holdsMarker(directory), [])

            XCTAssertEqual(try connection.ok("customer.erase 1").number("parked_requests"), 5)

            XCTAssertEqual(try holdsMarker(directory), [])
            let waiting = try connection.rows("plugin.parked stall")
            XCTAssertEqual(waiting.compactMap { $0["request"]?.text("ext") }, ["w1", "w2", "w4", "w5"])
            XCTAssertEqual(
                waiting.first?["request"]?.text,
                #"{"channel":"stall","details":{"place":"a"},"ext":"w1","total":"5.00"}"#)
            XCTAssertEqual(waiting.first?.text("reason"), "the buyer was erased")
            let given = try connection.rows("plugin.parked stall state=discarded")
            XCTAssertEqual(given.map { "\($0.text("verb") ?? "") \($0["request"]?.text ?? "")" }, ["stall.sell {}"])
            try FileManager.default.removeItem(atPath: "\(plugin.folder)/broken")
            try wait(connection) { try connection.rows("plugin.parked stall").isEmpty }
            let orders = try connection.rows("order.list channel=stall")
            XCTAssertEqual(
                orders.map { "\($0.text("ext") ?? "") \($0["customer"]?.text ?? "")" }.sorted(),
                ["w1 null", "w2 null", "w4 null", "w5 2"])
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
            daemon.stop()
            XCTAssertEqual(try holdsMarker(directory), [])
        }
    }
}
