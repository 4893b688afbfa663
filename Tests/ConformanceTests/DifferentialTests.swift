import ChannelKit
import ControlClient
import Foundation
import ManualEntry
import OnlineShop
import StrictJSON
import TestSupport
import XCTest

@testable import Conformance

/// A channel of this build, asked the same things in the host and as a plugin in a process of its own.
final class DifferentialTests: XCTestCase {
    private static let twin = "the-twin"

    func testManualEntryDoesTheSameInAProcessOfItsOwn() throws { try assertSame(ManualEntry.self) }

    func testTheOnlineShopDoesTheSameInAProcessOfItsOwn() throws { try assertSame(OnlineShop.self) }

    private func assertSame(_ type: any ChannelPlugin.Type) throws {
        try withTemporaryDirectory { directory in
            let id = type.descriptor.id
            try writeTwin(of: id, in: "\(directory)/plugins")
            let daemon = try RunningDaemon(in: directory, plugins: "\(directory)/plugins")
            defer { daemon.stop() }
            let inside = try tenant("inside", of: daemon)
            let outside = try tenant("outside", of: daemon)
            try outside.ok("channel.enable \(Self.twin)")
            let orders = try self.orders(of: type)
            var answers = 0

            for verb in ["order.register", "order.show", "order.update", "order.show", "order.cancel", "order.show"] {
                let expected = try replies(inside, to: verb, orders, of: id)
                let actual = try replies(outside, to: verb, orders, of: Self.twin)
                let different = zip(expected, actual).enumerated().filter { $1.0 != $1.1 }.map { index, pair in
                    "\(verb), \(orders[index].label): \(pair.0) inside, \(pair.1) outside"
                }
                XCTAssertEqual(different.first, nil)
                answers += expected.count
            }

            XCTAssertGreaterThan(answers, 500)
            daemon.stop()
            try assertSameRows(daemon.tenants, but: id)
        }
    }

    /// The channel as a plugin of another name: the daemon's own program runs it.
    private func writeTwin(of channel: String, in plugins: String) throws {
        let folder = "\(plugins)/\(Self.twin)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let manifest = try ChildProcess(
            [Products.path(of: "patrond"), "serve-channel", channel, "--orders-only", "--manifest", Self.twin],
            output: "\(folder)/plugin.json", errors: "\(folder)/errors")
        XCTAssertEqual(manifest.wait(), .exited(0))
    }

    private func tenant(_ name: String, of daemon: RunningDaemon) throws -> ControlConnection {
        try daemon.connect().ok("tenant.create \(name) currency=EUR country=DE account.invite=false")
        return try daemon.connect(to: name)
    }

    /// The samples of the channel, and a few hundred of the ways in which their details can be wrong.
    private func orders(of type: any ChannelPlugin.Type) throws -> [(label: String, order: JSON)] {
        let samples = try Samples(try JSON(parsing: CompiledSource(type).samples))
        let wrong = samples.orders.flatMap { order in
            Mutations.all(of: order["details"] ?? .object([])).map { mutation in
                (label: mutation.label, order: order.setting("details", mutation.json))
            }
        }
        // The step has no divisor in common with the number of ways, so that each place and each way has its turn.
        let step = wrong.count > 500 ? 5 : 1
        let some = stride(from: 0, to: wrong.count, by: step).map { wrong[$0] }
        let all = samples.orders.map { (label: "a sample", order: $0) } + some
        return all.enumerated().map { index, item in
            let fixed = JSON.object([
                JSON.Member(name: "ext", value: .string("order-\(index)")),
                JSON.Member(name: "placed_at", value: .string("2026-11-22T10:00:00Z")),
            ])
            // Nobody has two orders, so that no answer depends on what came before.
            return (item.label, Placeholders(Int64(100_000 + index)).filled(item.order.merging(fixed)))
        }
    }

    private func replies(
        _ connection: ControlConnection, to verb: String, _ orders: [(label: String, order: JSON)], of channel: String
    ) throws -> [String] {
        let lines = orders.map { item in
            let reference = JSON.object([
                JSON.Member(name: "channel", value: .string(channel)),
                JSON.Member(name: "ext", value: item.order["ext"] ?? .null),
            ])
            var parameters = reference
            if verb == "order.register" { parameters = item.order.merging(reference) }
            if verb == "order.update" {
                parameters = reference.setting("details", item.order["details"] ?? .null)
            }
            return JSONWriter.object { writer in
                writer.member("jsonrpc", "2.0")
                writer.member("id", 1)
                writer.member("method", verb)
                writer.member("params", parameters)
            }.text
        }
        // So many at a time stay below what a connection may have in flight.
        let groups = stride(from: 0, to: lines.count, by: 50).map { Array(lines[$0..<min($0 + 50, lines.count)]) }
        let replies = try groups.flatMap { try connection.replies(to: $0) }
        return replies.map { reply in
            let refusal = reply.error.map { $0.body.setting("slug", JSON.string("\($0.code) \($0.slug)")) }
            return Self.comparable(reply.ok ?? refusal ?? .null).text.replacing(channel, with: "it")
        }
    }

    /// Without what is not the same: when it was, what only a look at other orders says, lines told by a manifest.
    private static func comparable(_ json: JSON) -> JSON {
        ["recorded_at", "seq", "warnings", "summary"].reduce(json) { $0.setting($1, .null) }
    }

    private func assertSameRows(_ tenants: String, but channel: String) throws {
        // When it happened is not the same, and the digest knows the channel.
        func isKept(_ column: String) -> Bool { !column.hasSuffix("at") && column != "content_digest" }
        let inside = try TableDump(path: "\(tenants)/inside/registry.sqlite", where: isKept)
        let outside = try TableDump(path: "\(tenants)/outside/registry.sqlite", where: isKept)
        XCTAssertEqual(Set(inside.rows.keys), Set(outside.rows.keys))
        // A plugin in a process of its own keeps the channel's own tables by effects, if at all; where it stands with
        // its deliveries, who has which tables, how the journal knows the file, and who looked when, is told beside.
        let own: Set<String> = ["applied", "audit", "channel_column", "channel_migration", "delivery"]
        for (table, rows) in inside.rows where !own.contains(table) && !table.contains("__") {
            let expected = rows.map { $0.replacing(channel, with: "it") }
            let actual = outside.rows[table]?.map { $0.replacing(Self.twin, with: "it") }
            XCTAssertEqual(expected.count, actual?.count, table)
            let different = zip(expected, actual ?? []).first { $0 != $1 }
            XCTAssertEqual(different?.0, different?.1, table)
        }
    }
}
