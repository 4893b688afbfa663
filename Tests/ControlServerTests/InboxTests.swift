import Glibc
import Polling
import XCTest

@testable import ControlServer

final class InboxTests: XCTestCase {
    private func delivery(_ text: String) -> Delivery {
        Delivery(token: 7, bytes: Array(text.utf8), answered: 1, isLast: false)
    }

    /// How often the loop was woken since the last call; eventfd adds up.
    private func wakes(_ inbox: Inbox) -> UInt64 {
        var count: UInt64 = 0
        return read(inbox.wakeDescriptor, &count, 8) == 8 ? count : 0
    }

    func testASleepingLoopIsWokenOnceForManyDeliveries() throws {
        let inbox = try Inbox()

        XCTAssertTrue(inbox.fallAsleep())
        for text in ["a", "b", "c"] { inbox.post(delivery(text)) }

        XCTAssertEqual(wakes(inbox), 1)
        XCTAssertEqual(inbox.takeContent().deliveries.map(\.bytes), [[0x61], [0x62], [0x63]])
        XCTAssertTrue(inbox.takeContent().deliveries.isEmpty)
    }

    func testALoopThatIsAwakeIsNotWoken() throws {
        let inbox = try Inbox()
        XCTAssertTrue(inbox.fallAsleep())
        inbox.wakeUp()

        inbox.post(delivery("a"))

        XCTAssertEqual(wakes(inbox), 0)
        XCTAssertFalse(inbox.fallAsleep())
    }

    func testACallToDrainWakesTheLoop() throws {
        let inbox = try Inbox()
        XCTAssertTrue(inbox.fallAsleep())

        inbox.requestDrain(grace: .seconds(3))

        XCTAssertEqual(wakes(inbox), 1)
        XCTAssertEqual(inbox.takeContent().grace, .seconds(3))
    }

    func testAShutInboxTakesNothing() throws {
        let inbox = try Inbox()
        inbox.post(delivery("a"))

        inbox.shut()
        inbox.post(delivery("b"))

        XCTAssertTrue(inbox.takeContent().deliveries.isEmpty)
    }
}
