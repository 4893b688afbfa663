import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// What a bad plugin does is its own misfortune.
final class TorturePluginTests: XCTestCase {
    /// Runs a body with a plugin that gives up on a request after a while, and looks that nothing is left in the end.
    private func onStage(_ body: (Stage) throws -> Void) throws {
        try withTemporaryDirectory { directory in
            let stage = try Stage(in: directory)
            try body(stage)
            XCTAssertEqual(stage.daemon.stop(), .exited(0))
            XCTAssertEqual(stage.processes, [])
        }
    }

    /// Another channel and another tenant are served as if nothing had happened.
    private func assertOthersAreServed(_ stage: Stage, _ ext: String) throws {
        try stage.connection.ok("order.register channel=online-shop ext=\(ext) total=1.00")
    }

    func testWhateverOneProcessDoesTheNextIsAsGoodAsNew() throws {
        try onStage { stage in
            try stage.connection.ok(stage.sale(nil, "first"))
            let descriptors = stage.descriptors
            let modes = ["crash", "half", "long", "flood", "close-stdin", "close-stdout", "grandchild-crash"]
            for mode in modes {
                // Whoever writes a line that is too long may have answered before that is noticed.
                if let error = try stage.connection.ask(stage.sale(mode)).error {
                    XCTAssertTrue(["502 plugin-failed", "408 deadline"].contains(error.text), "\(mode): \(error.text)")
                } else {
                    XCTAssertEqual(mode, "long")
                }
                try assertOthersAreServed(stage, mode)
                // That a process has closed its input shows when something is written to it.
                if mode == "close-stdin" { _ = try stage.connection.ask(stage.sale()) }
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
