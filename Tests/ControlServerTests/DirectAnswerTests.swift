import ControlServer
import TestSupport
import XCTest

/// An answer that its client waits for leaves from the thread that has it.
final class DirectAnswerTests: XCTestCase {
    func testAnAnswerReachesItsClientWhileTheLoopIsBusy() throws {
        let running = try RunningServer()
        let (client, busy) = (try running.client(), try running.client())
        client.write("hold 1\n")
        running.factory.waitForHeld(1)

        busy.write("stop\n")
        running.factory.waitForStopped()
        running.factory.release()

        XCTAssertEqual(client.readLine(), "hold 1")
        running.factory.goOn()
        XCTAssertEqual(busy.readLine(), "stop")
        XCTAssertTrue(client.roundTrip())
        XCTAssertTrue(try running.stop())
    }

    func testAClientThatVanishedWhileTheLoopIsBusyIsClosedAfterwards() throws {
        let running = try RunningServer()
        let busy = try running.client()
        do {
            let client = try running.client()
            client.write("hold 1\n")
            running.factory.waitForHeld(1)
            busy.write("stop\n")
            running.factory.waitForStopped()
        }

        running.factory.release()
        running.factory.goOn()

        XCTAssertEqual(busy.readLine(), "stop")
        running.factory.waitForClosed(1)
        XCTAssertTrue(busy.roundTrip())
        XCTAssertTrue(try running.stop())
    }

    func testWhatIsSentDirectlyIsCountedAsSent() throws {
        let running = try RunningServer()
        let client = try running.client()

        client.write("hold 1\n")
        running.factory.waitForHeld(1)
        running.factory.release()

        XCTAssertEqual(client.readLine(), "hold 1")
        // The client may have the answer before the thread that sent it has counted it; 2 ms a time: 20 s at most.
        for _ in 0..<10_000 where running.server.statistics.bytesOut == 0 { usleep(2_000) }
        XCTAssertEqual(running.server.statistics.bytesOut, 7)
        XCTAssertTrue(try running.stop())
    }
}
