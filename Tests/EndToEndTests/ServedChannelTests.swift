import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A channel of the build gives the same answers when it runs in a process of its own.
final class ServedChannelTests: XCTestCase {
    private func manifest(of channel: String, as id: String) throws -> String {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(fileURLWithPath: Products.path(of: "patrond"))
        process.arguments = ["serve-channel", channel, "--orders-only", "--manifest", id]
        process.standardOutput = output
        try process.run()
        defer { process.waitUntilExit() }
        return String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    func testOrdersAreTheSameEitherWay() throws {
        let makePlugins = { (folder: String) in
            let place = "\(folder)/shop-child"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            try self.manifest(of: "online-shop", as: "shop-child").write(
                toFile: "\(place)/plugin.json", atomically: true, encoding: .utf8)
        }
        try withShop(makePlugins: makePlugins) { daemon, connection in
            try daemon.connect().ok("tenant.create other currency=EUR country=DE account.invite=false")
            let other = try daemon.connect(to: "other")
            try other.ok("channel.enable shop-child")
            for line in Self.lines {
                let here = try connection.ask(line.replacingOccurrences(of: "CHANNEL", with: "online-shop"))
                let there = try other.ask(line.replacingOccurrences(of: "CHANNEL", with: "shop-child"))
                XCTAssertEqual(Self.plain(here), Self.plain(there), line)
            }
            XCTAssertEqual(try other.ok("plugin.show shop-child").number("restarts"), 0)
            XCTAssertEqual(try other.ok("plugin.show shop-child").number("strays"), 0)
        }
    }

    func testAChannelIsNotServedByHalvesUnlessSomebodyAsksForThat() throws {
        let makePlugins = { (folder: String) in
            let place = "\(folder)/shop-child"
            try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
            try self.manifest(of: "manual", as: "shop-child").replacingOccurrences(of: #""--orders-only""#, with: "")
                .replacingOccurrences(of: #"manual",]"#, with: #"manual"]"#)
                .write(toFile: "\(place)/plugin.json", atomically: true, encoding: .utf8)
        }
        try withShop(makePlugins: makePlugins) { _, connection in
            let reason =
                "it refused to begin: only the orders of manual can be served outside the host's transactions, not "
                + "what it does as orders are written; its verbs correct, list; its tables manual__entry"
            XCTAssertEqual(try connection.refusal("plugin.test shop-child"), "502 plugin-failed")
            XCTAssertEqual(try connection.rows("plugin.list").first?.text("last_error"), reason)
        }
    }

    private static let buyer = #"{"email":"ann@example.org","name":"Ann Öz","phone":"0171 2345678"}"#

    private static let lines = [
        #"order.register channel=CHANNEL ext=1 total=12.50 customer=\#(buyer)"#,
        #"order.register channel=CHANNEL ext=1 total=12.50 customer=\#(buyer)"#,
        #"order.register channel=CHANNEL ext=1 total=13.50 customer=\#(buyer)"#,
        #"order.register channel=CHANNEL ext=2 lines=[{"sku":"M","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"}] details={"payment":{"state":"paid","method":"card"},"shipping":{"method":"parcel","amount":"4.90"}}"#,
        #"order.register channel=CHANNEL ext=3 details={"payment":7} total=1.00"#,
        #"order.register channel=CHANNEL ext=4 details={"payment":{"state":"odd"}} total=1.00"#,
        #"order.register channel=CHANNEL ext=5 kind=return total=3.00 customer=1"#,
        #"order.register channel=CHANNEL ext=6 total=3.00 consent={"purpose":"newsletter","wording":"v1"} customer=\#(buyer)"#,
        #"order.register channel=CHANNEL ext=7 total=3.00 state=nowhere"#,
        #"order.update channel=CHANNEL ext=2 details={"payment":{"state":"refunded"}}"#,
        #"order.show channel=CHANNEL ext=2"#, #"order.cancel channel=CHANNEL ext=1"#,
        #"order.refund channel=CHANNEL ext=6 amount=1.00"#, #"order.show channel=CHANNEL ext=6"#,
        #"order.update channel=CHANNEL ext=1 state=confirmed"#, #"customer.show 1"#,
    ]

    /// An answer without the channel's name and what time it is.
    private static func plain(_ reply: ClientReply) -> String {
        if let error = reply.error { return "\(error.text) \(error.body.text)" }
        let members = (reply.ok?.objectValue ?? []).filter { member in
            !["channel", "channels", "recorded_at", "placed_at", "joined_at", "last_order_at", "summary", "source"]
                .contains(
                    member.name)
        }
        return JSON.object(members).text
    }
}
