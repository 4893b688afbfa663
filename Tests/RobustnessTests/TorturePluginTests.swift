import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What a bad plugin does is its own misfortune.
final class TorturePluginTests: XCTestCase {
    /// Another channel and another tenant are served as if nothing had happened.
    private func assertOthersAreServed(_ stage: Stage, _ ext: String) throws {
        try stage.connection.ok("order.register channel=online-shop ext=\(ext) total=1.00")
    }

    func testWhateverOneProcessDoesTheNextIsAsGoodAsNew() throws {
        try onStage { stage in
            try stage.connection.ok(stage.sale(nil, "first"))
            let descriptors = stage.descriptors
            let modes = ["crash", "half", "long", "flood", "close-stdin", "close-stdout", "grandchild-crash"]
            for (number, mode) in modes.enumerated() {
                // Whoever writes a line that is too long may have answered before that is noticed.
                if let error = try stage.connection.ask(stage.sale(mode)).error {
                    XCTAssertTrue(["502 plugin-failed", "408 deadline"].contains(error.text), "\(mode): \(error.text)")
                } else {
                    XCTAssertEqual(mode, "long")
                }
                try assertOthersAreServed(stage, mode)
                // That a process has closed its input shows when something is written to it.
                if mode == "close-stdin" { _ = try stage.connection.ask(stage.sale()) }
                // Otherwise the next order may still go to the process that is about to be given up.
                try stage.waitForRestarts(number + 1)
                try stage.connection.ok("plugin.reset stall")
                try stage.connection.ok(stage.sale(nil, "after-\(mode)"))
                XCTAssertEqual(stage.processes.count, 1, mode)
            }
            XCTAssertEqual(stage.descriptors, descriptors)
            XCTAssertEqual(try stage.state().number("restarts"), Int64(modes.count))
            XCTAssertEqual(try stage.connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    func testAProcessThatHangsIsEndedAndLeavesNobodyBehind() throws {
        try onStage { stage in
            try stage.connection.send(stage.sale("hang"))
            try stage.connection.send(stage.sale())
            try stage.connection.send(stage.sale())
            let other = try stage.daemon.connect(to: "acme")
            for number in 0..<50 { try other.ok("order.register channel=online-shop ext=h\(number) total=1.00") }

            let answers = try (0..<3).map { _ in try stage.connection.reply().error?.text }

            XCTAssertEqual(answers, ["408 deadline", "408 deadline", "408 deadline"])
            try stage.wait(for: "idle")
            XCTAssertEqual(stage.processes, [])
            try stage.connection.ok(stage.sale())
        }
    }

    func testOddAnswersAreCountedAndNobodyMinds() throws {
        try onStage { stage in
            try stage.connection.ok(stage.sale("strays"))
            try stage.connection.ok(stage.sale("twice"))
            try stage.connection.ok(stage.sale("complain"))
            let state = try stage.state()
            XCTAssertEqual(state.text("state"), "ready")
            XCTAssertEqual(state.number("restarts"), 0)
            XCTAssertGreaterThanOrEqual(state.number("strays") ?? 0, 7)
            XCTAssertTrue(stage.daemon.log.contains("something is odd"))
        }
    }

    func testAnswersMayComeInAnyOrder() throws {
        try onStage { stage in
            let clients = try (0..<4).map { _ in try stage.daemon.connect(to: "acme") }
            for client in clients.dropLast() { try client.send(stage.sale("hold")) }
            while try stage.state().number("pending") != 3 { usleep(1_000) }

            try clients[3].send(stage.sale("release"))

            for client in clients { XCTAssertNil(try client.reply().error) }
            XCTAssertEqual(try stage.connection.rows("order.list").count, 4)
        }
    }

    func testGrandchildrenEndWithTheirProcess() throws {
        try onStage { stage in
            try stage.connection.ok(stage.sale("grandchild"))
            XCTAssertEqual(stage.processes.count, 2)

            try stage.connection.ok("plugin.reload stall")
            try stage.connection.ok(stage.sale())

            try stage.waitForProcesses(1)
        }
    }

    func testWhoLeftForASessionOfItsOwnEndsWithTheProcessItCameFrom() throws {
        try onStage { stage in
            try stage.connection.ok(stage.sale("daemon"))
            try stage.waitForProcesses(3)

            try stage.connection.ok("plugin.reload stall")
            try stage.connection.ok(stage.sale())

            try stage.waitForProcesses(1)
            XCTAssertEqual(try stage.connection.refusal(stage.sale("daemon-crash")), "502 plugin-failed")
            try stage.connection.ok("plugin.reset stall")
            try stage.connection.ok(stage.sale())
            try stage.waitForProcesses(1)
            try stage.connection.ok(stage.sale("daemon"))
            try stage.waitForProcesses(3)
        }
    }

    func testWhatOutlivesAKilledHostEndsWhenTheNextOneStarts() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory)
            try stage.connection.ok(stage.sale("daemon"))
            try stage.waitForProcesses(3)

            stage.daemon.kill()

            try stage.waitForProcesses(2)
            let later = try Stage(again: stage)
            XCTAssertEqual(later.processes, [])
            try later.connection.ok(later.sale())
            XCTAssertEqual(later.daemon.stop(), .exited(0))
            XCTAssertEqual(later.processes, [])
        }
    }

    func testAProcessThatListensToNothingIsKilledInTheEnd() throws {
        try onStage { stage in try stage.connection.ok(stage.sale("deaf")) }
    }

    func testTooManyFailuresAreQuarantinedUntilSomebodyResets() throws {
        try onStage { stage in
            try stage.setBroken(true)
            _ = try stage.connection.ask(stage.sale())
            XCTAssertEqual(try stage.state().text("state"), "backoff")
            XCTAssertEqual(try stage.state().text("last_error"), "it ended with exit code 5")
            try assertOthersAreServed(stage, "q")
            try stage.wait(for: "quarantined", asking: stage.sale())
            XCTAssertEqual(try stage.connection.refusal(stage.sale()), "502 plugin-failed")
            XCTAssertEqual(stage.processes, [])
            try stage.setBroken(false)

            XCTAssertEqual(try stage.connection.ok("plugin.reset stall").text("state"), "idle")

            try stage.connection.ok(stage.sale())
            XCTAssertEqual(try stage.state().text("state"), "ready")
        }
    }

    func testAReloadUnderLoadLosesNothing() throws {
        try onStage { stage in
            let daemon = stage.daemon
            let sold = try concurrently(5) { client -> Int in
                let connection = try daemon.connect(to: "acme")
                if client == 4 {
                    for _ in 0..<3 { try connection.ok("plugin.reload stall") }
                    return 0
                }
                var sold = 0
                for number in 0..<60
                where try connection.ok(Stage.sale("\(client)-\(number)")).number("order") != nil { sold += 1 }
                return sold
            }
            XCTAssertEqual(sold, [60, 60, 60, 60, 0])
            XCTAssertEqual(try stage.state().number("restarts"), 0)
            try stage.waitForProcesses(1)
        }
    }

    func testTwoTenantsShareAProcessAndNothingCrosses() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory)
            try stage.daemon.connect().ok("tenant.create other currency=EUR country=DE account.invite=false")
            try stage.daemon.connect(to: "other").ok("channel.enable stall")
            let canaries = ["acme": "canary-of-acme", "other": "canary-of-other"]
            for (tenant, canary) in canaries {
                try stage.daemon.connect(to: tenant).ok("channel.configure stall greeting=\(canary)")
            }
            let daemon = stage.daemon

            _ = try concurrently(4) { client in
                let tenant = client % 2 == 0 ? "acme" : "other"
                let canary = canaries[tenant] ?? ""
                let connection = try daemon.connect(to: tenant)
                for number in 0..<50 {
                    let details = #"{"place":"\#(canary)","echo":true,"note":true,"look":"\#(canary)@example.org"}"#
                    let answer = try connection.ok(
                        "order.register channel=stall total=5.00 ext=\(client)-\(number) details=\(details)")
                    XCTAssertTrue(answer.text.contains(canary))
                    XCTAssertEqual(try connection.ok("stall.count \(canary)").text("greeting"), canary)
                }
            }

            XCTAssertEqual(stage.processes.count, 1)
            stage.daemon.stop()
            for (tenant, canary) in [("acme", "canary-of-other"), ("other", "canary-of-acme")] {
                let folder = "\(stage.daemon.tenants)/\(tenant)"
                for file in try FileManager.default.contentsOfDirectory(atPath: folder) {
                    let bytes = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
                    XCTAssertNil(bytes.range(of: Data(canary.utf8)), "\(tenant)/\(file)")
                }
            }
        }
    }

    func testAPluginEndsWithItsHost() throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory)
            try stage.connection.ok(stage.sale("deaf"))
            XCTAssertEqual(stage.processes.count, 1)

            stage.daemon.kill()

            try stage.waitForProcesses(0)
        }
    }
}
