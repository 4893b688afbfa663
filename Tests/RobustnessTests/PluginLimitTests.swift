import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// A plugin's limits are its own misfortune, and processes of tenants are theirs alone.
final class PluginLimitTests: XCTestCase {
    private let hooks = #"{"translate":{"deadline_ms":20000},"perform":{"deadline_ms":20000}}"#

    /// Has a plugin use more than it may and tells how it ended, and what it said last.
    private func reach(_ limits: String, by mode: String) throws -> [String?] {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory, ["limits": limits, "hooks": hooks])
            try stage.connection.ok(stage.sale())

            XCTAssertEqual(try stage.connection.refusal(stage.sale(mode)), "502 plugin-failed")

            try stage.connection.ok("order.register channel=online-shop ext=other total=1.00")
            let row = try XCTUnwrap(try stage.connection.rows("plugin.list").first)
            try stage.connection.ok("plugin.reset stall")
            try stage.connection.ok(stage.sale())
            XCTAssertEqual(try stage.connection.ok("tenant.verify")["ok"]?.boolValue, true)
            XCTAssertEqual(stage.daemon.stop(), .exited(0))
            return [row.text("last_error"), row.text("last_words")]
        }
    }

    func testMoreMemoryThanAPluginMayUseIsRefusedToIt() throws {
        XCTAssertEqual(
            try reach(#"{"memory_mb":256}"#, by: "eat-memory"), ["it ended with exit code 1", "MemoryError"])
    }

    func testMoreFilesThanAPluginMayOpenAreRefusedToIt() throws {
        XCTAssertEqual(
            try reach(#"{"open_files":32}"#, by: "eat-files"),
            ["it ended with exit code 1", "OSError: [Errno 24] Too many open files: 'stall.py'"])
    }

    func testAPluginEndsWhenItsProcessorTimeIsUsedUp() throws {
        XCTAssertEqual(
            try reach(#"{"cpu_seconds":1}"#, by: "eat-time"), ["it ended as its cpu_seconds, 1, were used up", nil])
    }

    func testEachTenantMayHaveAProcessOfItsOwn() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory, ["isolation": #""tenant""#, "hooks": hooks])
            try stage.daemon.connect().ok("tenant.create other currency=EUR country=DE account.invite=false")
            let other = try stage.daemon.connect(to: "other")
            try other.ok("channel.enable stall")
            try other.ok("channel.configure stall greeting=other")
            try stage.connection.ok(stage.sale())
            try other.ok(stage.sale())
            let before = Set(stage.processes)

            XCTAssertEqual(try stage.connection.refusal(stage.sale("crash")), "502 plugin-failed")

            XCTAssertEqual(before.count, 2)
            try stage.waitForProcesses(1)
            let survivor = try XCTUnwrap(stage.processes.first)
            XCTAssertTrue(before.contains(survivor))
            XCTAssertEqual(try other.ok("stall.count a").text("greeting"), "other")
            XCTAssertEqual(stage.processes, [survivor])
            XCTAssertEqual(try stage.state().text("last_error"), "it ended with exit code 3")
            XCTAssertEqual(
                try stage.state()["processes"]?.arrayValue?.compactMap { $0.text("state") }.sorted(),
                ["backoff", "ready"])
            try stage.connection.ok("plugin.reset stall")
            try stage.connection.ok(stage.sale())
            XCTAssertEqual(try stage.connection.ok("stall.count a").text("greeting"), "hello")
            XCTAssertEqual(stage.processes.count, 2)
            try other.ok("channel.configure stall greeting=new")
            XCTAssertEqual(try other.ok("stall.count a").text("greeting"), "new")
            try stage.waitForProcesses(2)
            XCTAssertEqual(stage.daemon.stop(), .exited(0))
            XCTAssertEqual(stage.processes, [])
        }
    }
}
