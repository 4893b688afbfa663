import ControlServer
import Glibc
import TestSupport
import Wire
import XCTest

final class ControlServerTests: XCTestCase {
    func testPipelinedLinesAreAnsweredInOrder() throws {
        let running = try RunningServer()
        let client = try running.client()
        let lines = (0..<4000).map { "line \($0)" }

        client.write(lines.map { $0 + "\n" }.joined())

        XCTAssertEqual(client.readLines(4000), lines)
        XCTAssertEqual(running.server.statistics.lines, 4000)
        XCTAssertTrue(try running.stop())
    }

    func testLinesThatAreTheLastOnesAreAllAnswered() throws {
        let running = try RunningServer()
        let client = try running.client()
        let lines = (0..<50).map { "line \($0)" }

        client.write(lines.map { $0 + "\n" }.joined())
        client.endOutput()

        XCTAssertEqual(client.readLines(50), lines)
        XCTAssertEqual(client.readToEnd(), [])
        XCTAssertTrue(try running.stop())
    }

    func testALineArrivingByteByByteIsOneLine() throws {
        let running = try RunningServer()
        let client = try running.client()

        for character in "order.get 88\r\n" { client.write(String(character)) }

        XCTAssertEqual(client.readLine(), "order.get 88\r")
        XCTAssertEqual(running.factory.lines, ["order.get 88\r"])
        XCTAssertTrue(try running.stop())
    }

    func testAHalfLineWaitsForItsRest() throws {
        let running = try RunningServer()
        let client = try running.client()
        let other = try running.client()

        client.write("first\nhal")
        XCTAssertTrue(other.roundTrip())
        client.write("f\n")

        XCTAssertEqual(client.readLines(2), ["first", "half"])
        XCTAssertTrue(try running.stop())
    }

    func testAnEmptyLineNeedsNoAnswer() throws {
        let running = try RunningServer()
        let client = try running.client()

        client.write(String(repeating: "\n", count: 500) + "here\n")

        XCTAssertEqual(client.readLine(), "here")
        XCTAssertEqual(running.server.statistics.lines, 501)
        XCTAssertTrue(try running.stop())
    }

    func testAnOverlongLineIsSkippedAndTheNextOneServed() throws {
        let running = try RunningServer(factory: TestFactory(lineLimit: 100))
        let client = try running.client()

        client.write(String(repeating: "a", count: 300_000) + "\n" + String(repeating: "b", count: 101) + "\ngood\n")
        client.write(String(repeating: "c", count: 100) + "\n")

        let answers = ["overlong 300000", "overlong 101", "good", String(repeating: "c", count: 100)]
        XCTAssertEqual(client.readLines(4), answers)
        XCTAssertTrue(try running.stop())
    }

    func testALineOfOneMebibyteIsServed() throws {
        let running = try RunningServer()
        let client = try running.client()
        let line = String(repeating: "x", count: 1 << 20)

        client.write(line + "\n")

        XCTAssertEqual(client.readLine(), line)
        XCTAssertTrue(try running.stop())
    }

    func testAfterAHalfCloseEverythingReceivedIsAnswered() throws {
        let running = try RunningServer()
        let client = try running.client()
        let other = try running.client()

        client.write("hold 1\nhold 2\nnow\nno line feed")
        client.endOutput()
        running.factory.waitForLines(3)
        XCTAssertTrue(other.roundTrip())
        running.factory.release()

        XCTAssertEqual(client.readLines(10), ["now", "hold 1", "hold 2"])
        XCTAssertEqual(running.factory.lines, ["hold 1", "hold 2", "now", "ping"])
        XCTAssertTrue(try running.stop())
    }

    func testAHalfCloseBehindMoreLinesThanMayBeInFlightLosesNone() throws {
        let running = try RunningServer()
        let client = try running.client()
        let lines = (0..<1000).map { "line \($0)" }

        client.write(lines.map { $0 + "\n" }.joined())
        client.endOutput()

        XCTAssertEqual(client.readLines(2000), lines)
        XCTAssertTrue(try running.stop())
    }

    func testAConversationMayCloseBehindItsAnswer() throws {
        let running = try RunningServer()
        let client = try running.client()

        client.write("bye\nnot read\n")

        XCTAssertEqual(client.readLines(10), ["bye"])
        XCTAssertEqual(running.factory.lines, ["bye"])
        XCTAssertTrue(try running.stop())
        XCTAssertEqual(running.factory.closedCount, 1)
    }

    func testAClientThatVanishesIsClosedOnceAndItsLateAnswersAreDropped() throws {
        let running = try RunningServer()
        let other = try running.client()
        do {
            let client = try running.client()
            XCTAssertTrue(client.roundTrip())
            client.write("hold 1\nhold 2\n")
        }

        running.factory.waitForLines(3)
        XCTAssertTrue(other.roundTrip())
        running.factory.release()
        XCTAssertTrue(other.roundTrip())

        XCTAssertTrue(try running.stop())
        XCTAssertEqual(running.factory.lines, ["ping", "hold 1", "hold 2", "ping", "ping"])
        XCTAssertEqual(running.factory.closedCount, 2)
        XCTAssertEqual(running.server.statistics.connections, 0)
    }

    func testClientsThatSendRubbishAndVanishHarmNobodyElse() throws {
        let running = try RunningServer(factory: TestFactory(lineLimit: 200))
        let witness = try running.client()
        XCTAssertTrue(witness.roundTrip())
        // A generator of fixed seed: https://en.wikipedia.org/wiki/Linear_congruential_generator (Knuth's MMIX)
        var seed: UInt64 = 20_261_122
        func random(below bound: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 33) % bound
        }

        for _ in 0..<100 {
            let client = try running.client()
            for _ in 0..<random(below: 10) {
                let length = random(below: 600)
                client.write((0..<length).map { _ in UInt8(random(below: 12) == 0 ? 10 : random(below: 256)) })
            }
            if random(below: 2) == 0 { client.endOutput() }
        }

        // Two, for a turn of the server accepts no more than 64.
        XCTAssertTrue(witness.roundTrip())
        XCTAssertTrue(witness.roundTrip())
        XCTAssertTrue(try running.stop())
        XCTAssertEqual(running.factory.closedCount, 101)
    }

    func testTheKernelTellsWhoIsAtTheOtherEnd() throws {
        let running = try RunningServer()
        let client = try running.client()

        XCTAssertTrue(client.roundTrip())

        XCTAssertEqual(running.factory.peers, [Peer(userID: getuid(), processID: getpid())])
        XCTAssertTrue(try running.stop())
    }

    func testDescriptorsDoNotLeak() throws {
        try serveHundredClients()
        let before = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count

        for _ in 0..<3 { try serveHundredClients() }

        // The last of a server's threads may still be letting go of theirs.
        let end = ContinuousClock.now + .seconds(10)
        var after = Int.max
        while after > before, ContinuousClock.now < end {
            after = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count
            if after > before { usleep(1_000) }
        }
        XCTAssertLessThanOrEqual(after, before)
    }

    private func serveHundredClients() throws {
        let running = try RunningServer(limits: ServerLimits(connections: 80, connectionsPerUser: 100))
        let clients = try (0..<100).map { _ in try running.client() }
        for client in clients {
            client.write("ping\n")
            XCTAssertNotNil(client.readLine())
        }
        XCTAssertTrue(try running.stop())
    }
}
