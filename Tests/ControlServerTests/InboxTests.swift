import Glibc
import Polling
import XCTest

@testable import ControlServer

final class InboxTests: XCTestCase {
    /// How often the loop was woken since the last call; eventfd adds up.
    private func wakes(_ inbox: Inbox) -> UInt64 {
        var count: UInt64 = 0
        return read(inbox.wakeDescriptor, &count, 8) == 8 ? count : 0
    }

    func testASleepingLoopIsWokenOnceForManyPosts() throws {
        let inbox = try Inbox()

        XCTAssertTrue(inbox.fallAsleep())
        for token in [7, 8, 7] as [UInt64] { inbox.post(token) }

        XCTAssertEqual(wakes(inbox), 1)
        XCTAssertEqual(inbox.takeContent().tokens, [7, 8, 7])
        XCTAssertTrue(inbox.takeContent().tokens.isEmpty)
    }

    func testALoopThatIsAwakeIsNotWoken() throws {
        let inbox = try Inbox()
        XCTAssertTrue(inbox.fallAsleep())
        inbox.wakeUp()

        inbox.post(7)

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
        inbox.post(7)

        inbox.shut()
        inbox.post(8)

        XCTAssertTrue(inbox.takeContent().tokens.isEmpty)
    }
}
