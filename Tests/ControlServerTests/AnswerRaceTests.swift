import ControlServer
import Foundation
import TestSupport
import XCTest

/// Answers that several threads give while their clients do as they like.
final class AnswerRaceTests: XCTestCase {
    private static let clients = 6

    private func withServer(
        limits: ServerLimits = ServerLimits(connectionsPerUser: 10_000),
        _ body: (RunningServer<RacingFactory>) throws -> Void
    ) throws {
        let running = try RunningServer(factory: RacingFactory(), limits: limits)
        defer { running.factory.stop() }
        try body(running)
        XCTAssertTrue(try running.stop())
    }

    /// Lets clients do something at the same time, each on a thread of its own; what one throws fails the test.
    private func atOnce(_ body: @escaping @Sendable (_ client: Int) throws -> Void) {
        DispatchQueue.concurrentPerform(iterations: Self.clients) { client in
            do { try body(client) } catch { XCTFail("client \(client): \(error)") }
        }
    }

    /// Has clients send one to five lines at a time, and wait for their answers.
    private func assertPipelinedLinesAreAnswered(
        _ running: RunningServer<RacingFactory>, rounds: Int, line: UInt = #line
    ) {
        atOnce { number in
            let client = try running.client()
            for round in 0..<rounds {
                let lines = (0...round % 5).map { "client \(number) round \(round) line \($0)" }
                client.write(lines.map { $0 + "\n" }.joined())
                XCTAssertEqual(client.readLines(lines.count), lines, line: line)
            }
        }
    }

    func testClientsThatPipelineNowAndThenAreAnsweredInOrder() throws {
        try withServer { running in
            assertPipelinedLinesAreAnswered(running, rounds: 300)
        }
    }

    func testWhoeverConnectsNextHearsNothingThatWasMeantForAClientThatVanished() throws {
        try withServer { running in
            atOnce { number in
                for round in 0..<100 {
                    let lines = (0...round % 3).map { "client \(number) round \(round) line \($0)" }
                    for _ in 0..<2 {
                        let fleeting = try running.client()
                        fleeting.write(lines.map { "lost \($0)\n" }.joined())
                        if round % 2 == 0 { XCTAssertEqual(fleeting.readLine(), "lost \(lines[0])") }
                    }
                    let client = try running.client()
                    client.write(lines.map { $0 + "\n" }.joined())
                    XCTAssertEqual(client.readLines(lines.count), lines)
                }
            }
            running.factory.waitForClosed(Self.clients * 300)
            XCTAssertEqual(running.server.statistics.connections, 0)
        }
    }

    func testAClientThatEndsItsSideIsAnsweredAndThenHungUpOn() throws {
        try withServer { running in
            atOnce { number in
                for round in 0..<200 {
                    let client = try running.client()
                    let lines = (0...round % 3).map { "client \(number) round \(round) line \($0)" }
                    client.write(lines.map { $0 + "\n" }.joined())
                    client.endOutput()
                    XCTAssertEqual(client.readLines(9), lines)
                }
            }
        }
    }

    func testAConversationThatClosesBehindItsAnswerSendsTheAnswerFirst() throws {
        try withServer { running in
            atOnce { _ in
                for _ in 0..<200 {
                    let client = try running.client()
                    client.write("bye\n")
                    XCTAssertEqual(client.readLines(9), ["bye"])
                }
            }
        }
    }

    func testAnswersThatTheSocketDoesNotTakeAtOnceArriveWhole() throws {
        try withServer { running in
            atOnce { _ in
                let client = try running.client()
                for _ in 0..<3 {
                    client.write("big 300000\n")
                    XCTAssertEqual(client.readLine()?.utf8.count, 299_999)
                }
                client.write("big 300000\nbig 300000\nsmall\n")
                XCTAssertEqual(client.readLines(3).map(\.utf8.count), [299_999, 299_999, 5])
            }
        }
    }

    func testLinesThatWaitForRoomInTheOutputAreTakenUpAgain() throws {
        try withServer(limits: ServerLimits(connectionsPerUser: 10_000, inFlight: 2, outputSoft: 1_000)) { running in
            atOnce { number in
                let client = try running.client()
                for count in [1, 2, 3, 50] {
                    for _ in 0..<10 {
                        client.write(String(repeating: "big 5000\n", count: count) + "client \(number)\n")
                        let lengths = client.readLines(count + 1).map(\.utf8.count)
                        XCTAssertEqual(lengths, Array(repeating: 4_999, count: count) + [8])
                    }
                }
                client.write(String(repeating: "big 5000\n", count: 100))
                client.endOutput()
                XCTAssertEqual(client.readLines(200).count, 100)
            }
        }
    }

    func testAConnectionThatMayHaveOneLineUnderWayIsReadAgainAfterEachAnswer() throws {
        try withServer(limits: ServerLimits(connectionsPerUser: 10_000, inFlight: 1)) { running in
            assertPipelinedLinesAreAnswered(running, rounds: 100)
        }
    }

    func testEventsKeepTheirPlaceAmongTheAnswersAndTheirEndIsTold() throws {
        try withServer { running in
            atOnce { _ in
                let client = try running.client()
                for round in 0..<200 {
                    client.write("plain \(round)\nevent \(round)\n")
                    let expected = ["plain \(round)", "! event \(round)", "event \(round)"]
                    XCTAssertEqual(client.readLines(3), expected)
                }
            }
            running.factory.waitForDrained(1)
            let client = try running.client()
            client.write("event alone\n")
            XCTAssertEqual(client.readLines(2), ["! event alone", "event alone"])
        }
    }

    func testADrainAnswersWhatIsUnderWayAndEnds() throws {
        for _ in 0..<20 {
            let running = try RunningServer(factory: RacingFactory())
            defer { running.factory.stop() }
            let clients = try (0..<Self.clients).map { _ in try running.client() }
            for client in clients {
                client.write("first\n")
                XCTAssertEqual(client.readLine(), "first")
            }

            for client in clients { client.write("last\n") }
            running.server.drain(grace: .seconds(600))

            XCTAssertTrue(running.hasEnded())
            for client in clients { XCTAssertTrue([["last"], []].contains(client.readLines(9))) }
            XCTAssertEqual(running.factory.closedCount, Self.clients)
            XCTAssertTrue(try running.stop())
        }
    }
}
