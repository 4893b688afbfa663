import ControlServer
import TestSupport
import XCTest

final class BackpressureTests: XCTestCase {
    func testReadingStopsAtSixtyFourLinesInFlight() throws {
        let running = try RunningServer()
        let client = try running.client()
        let other = try running.client()
        let lines = (0..<200).map { "hold \($0)" }

        client.write(lines.map { $0 + "\n" }.joined())
        running.factory.waitForLines(64)
        XCTAssertTrue(other.roundTrip())
        XCTAssertEqual(running.server.statistics.lines, 64 + 1)
        client.write("hold last\n")
        XCTAssertTrue(other.roundTrip())
        XCTAssertEqual(running.server.statistics.lines, 64 + 2)

        var answers: [String] = []
        while answers.count < 201 {
            let count = running.factory.release()
            let next = client.readLines(count)
            XCTAssertEqual(next.count, count)
            answers += next
            running.factory.waitForHeld(min(64, 201 - answers.count))
            XCTAssertTrue(other.roundTrip())
            guard count > 0, next.count == count else { break }
        }
        XCTAssertEqual(answers, lines + ["hold last"])
        XCTAssertTrue(try running.stop())
    }

    func testReadingStopsWhileMuchOutputWaitsAndGoesOnAfterwards() throws {
        let running = try RunningServer(limits: ServerLimits(outputSoft: 1000))
        let client = try running.client()
        let other = try running.client()

        client.write("big 2000000\n")
        running.factory.waitForLines(1)
        XCTAssertTrue(other.roundTrip())
        client.write("held back\n")
        XCTAssertTrue(other.roundTrip())

        XCTAssertEqual(running.factory.lines, ["big 2000000", "ping", "ping"])
        XCTAssertEqual(client.readLine()?.utf8.count, 1_999_999)
        XCTAssertEqual(client.readLine(), "held back")
        XCTAssertTrue(try running.stop())
    }

    func testAClientThatNeverReadsIsClosedAtTheHardLimit() throws {
        let running = try RunningServer(limits: ServerLimits(outputHard: 1_000_000))
        let client = try running.client()
        let other = try running.client()

        client.write("big 3000000\n")
        XCTAssertTrue(other.roundTrip())

        running.factory.waitForClosed(1)
        XCTAssertEqual(running.factory.closedCount, 1)
        XCTAssertLessThan(client.readToEnd().count, 3_000_000)
        XCTAssertTrue(other.roundTrip())
        XCTAssertTrue(try running.stop())
    }

    func testAClientThatAcceptsNothingForTooLongIsClosed() throws {
        let running = try RunningServer(limits: ServerLimits(stallSeconds: 0))
        let client = try running.client()
        let other = try running.client()

        client.write("big 3000000\n")
        XCTAssertTrue(other.roundTrip())
        XCTAssertTrue(other.roundTrip())

        running.factory.waitForClosed(1)
        XCTAssertEqual(running.factory.closedCount, 1)
        XCTAssertLessThan(client.readToEnd().count, 3_000_000)
        XCTAssertTrue(try running.stop())
    }
}
