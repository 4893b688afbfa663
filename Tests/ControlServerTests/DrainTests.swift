import ControlServer
import Foundation
import TestSupport
import XCTest

final class DrainTests: XCTestCase {
    func testADrainAnswersEveryDeliveredLine() throws {
        let running = try RunningServer()
        let clients = try (0..<10).map { _ in try running.client() }
        for client in clients { client.write("hold 1\nhold 2\nhold 3\n") }
        running.factory.waitForHeld(30)
        XCTAssertTrue(try running.client().roundTrip())

        running.server.drain(grace: .seconds(600))
        running.factory.release()

        for client in clients { XCTAssertEqual(client.readLines(10), ["hold 1", "hold 2", "hold 3"]) }
        XCTAssertTrue(running.hasEnded())
        XCTAssertEqual(running.factory.closedCount, 11)
        XCTAssertTrue(try running.stop())
    }

    func testNobodyCanConnectAfterADrain() throws {
        let running = try RunningServer()

        running.server.drain(grace: .zero)

        XCTAssertTrue(running.hasEnded())
        assertThrows(POSIXError(.ENOENT)) { try running.client() }
        XCTAssertTrue(try running.stop())
    }

    func testTheGracePeriodEndsWhatIsNeverAnswered() throws {
        let running = try RunningServer()
        let client = try running.client()
        client.write("hold for ever\n")
        XCTAssertTrue(try running.client().roundTrip())

        running.server.drain(grace: .zero)

        XCTAssertNil(client.readLine())
        XCTAssertTrue(running.hasEnded())
        XCTAssertEqual(running.factory.closedCount, 2)
        running.factory.release()
        XCTAssertTrue(try running.stop())
    }

    func testIdleConnectionsDoNotHoldADrainUp() throws {
        let running = try RunningServer()
        let clients = try (0..<20).map { _ in try running.client() }
        XCTAssertTrue(clients.allSatisfy { $0.roundTrip() })

        running.server.drain(grace: .seconds(600))

        XCTAssertTrue(running.hasEnded())
        XCTAssertTrue(clients.allSatisfy { $0.readLine() == nil })
        XCTAssertTrue(try running.stop())
    }
}
