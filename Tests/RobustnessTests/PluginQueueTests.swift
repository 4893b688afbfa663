import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What waits for a plugin in a process of its own: requests that were parked, and events.
final class PluginQueueTests: XCTestCase {
    func testWhatCannotBeAskedIsParkedAndReplayedInOrder() throws {
        let hooks = #"{"translate":{"on_failure":"park"},"perform":{"on_failure":"park"}}"#
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory, ["hooks": hooks])
            try stage.connection.ok("order.register channel=online-shop ext=first total=1.00")
            try stage.setBroken(true)
            XCTAssertEqual(try stage.connection.ok(stage.sale(nil, "p1")).number("parked"), 1)
            XCTAssertEqual(
                try stage.connection.ok("order.register channel=stall total=5.00 ext=p2").number("parked"), 2)
            XCTAssertEqual(try stage.connection.ok("stall.sell p3 key=k").number("parked"), 3)
            XCTAssertEqual(try stage.connection.ok(stage.sale(nil, "p4")).number("parked"), 4)
            XCTAssertEqual(
                try stage.connection.rows("plugin.parked stall").compactMap { $0.number("number") }, [1, 2, 3, 4])
            stage.daemon.kill()
            try stage.setBroken(false)

            let later = try Stage(again: stage)

            for _ in 0..<4_000 where try !later.connection.rows("plugin.parked stall").isEmpty { usleep(5_000) }
            let orders = try later.connection.rows("order.list channel=stall").sorted {
                $0.number("id") ?? 0 < $1.number("id") ?? 0
            }
            XCTAssertEqual(orders.compactMap { $0.text("ext") }, ["p1", "p3", "p4"])
            let rejected = try later.connection.rows("plugin.parked stall state=rejected")
            XCTAssertEqual(rejected.compactMap { $0.text("reason") }, ["incomplete: missing: place"])
            XCTAssertEqual(try later.connection.ok("plugin.discard 2").text("state"), "discarded")
            XCTAssertEqual(try later.connection.refusal("plugin.retry 2"), "409 not-waiting")
            XCTAssertEqual(try later.connection.refusal("plugin.retry 9"), "404 no-parked")
            XCTAssertEqual(try later.connection.ok("tenant.verify")["ok"]?.boolValue, true)
            later.daemon.stop()
        }
    }

    func testWhatKillsThePluginEachTimeIsSetAsideAndTheQueueGoesOn() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory, ["hooks": #"{"translate":{"on_failure":"park"}}"#])

            try stage.setBroken(true)
            XCTAssertEqual(try stage.connection.ok(stage.sale("crash", "poison")).number("parked"), 1)
            XCTAssertEqual(try stage.connection.ok(stage.sale(nil, "behind")).number("parked"), 2)
            try stage.setBroken(false)
            // Nobody has to wait for the pauses in between.
            for _ in 0..<4_000 where try !stage.connection.rows("plugin.parked stall").isEmpty {
                try stage.connection.ok("plugin.reset stall")
                usleep(5_000)
            }

            let rejected = try stage.connection.rows("plugin.parked stall state=rejected")
            XCTAssertEqual(
                rejected.compactMap { $0.text("reason") },
                ["plugin-failed: the plugin stall failed: it ended with exit code 3, 3 times"])
            XCTAssertEqual(rejected.compactMap { $0.number("tries") }, [3])
            let orders = try stage.connection.rows("order.list channel=stall")
            XCTAssertEqual(orders.compactMap { $0.text("ext") }, ["behind"])
            XCTAssertEqual(stage.daemon.stop(), .exited(0))
        }
    }

    func testWhatHappensIsDeliveredInOrderAndAcrossADeath() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory, ["topics": #"["order.*","customer.created"]"#])
            try stage.connection.ok("order.register channel=online-shop ext=other total=1.00")
            try stage.connection.ok("customer.create name=Ann email=ann@example.org")
            try stage.connection.ok(stage.sale(nil, "d1"))
            try stage.waitForDeliveries(["customer.created", "order.registered"])
            try stage.setBroken(true)
            stage.daemon.kill()
            let later = try Stage(again: stage)
            try later.connection.ok("customer.create name=Bo email=bo@example.org")
            later.daemon.kill()
            try later.setBroken(false)

            let last = try Stage(again: later)

            try last.waitForDeliveries(["customer.created", "order.registered", "customer.created"])
            last.daemon.stop()
        }
    }
}
