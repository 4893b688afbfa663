import XCTest

@testable import Polling

final class ByteQueueTests: XCTestCase {
    func testBytesComeOutAsTheyWentIn() {
        var queue = ByteQueue()
        var expected: [UInt8] = []
        var next: UInt8 = 0

        for step in 1..<400 {
            let more = (0..<step).map { _ in
                next &+= 1
                return next
            }
            queue.append(more)
            expected += more
            let length = expected.count * (step % 5) / 5
            queue.drop(length)
            expected.removeFirst(length)
            XCTAssertEqual(queue.withBytes { Array($0) }, expected)
            XCTAssertEqual(queue.count, expected.count)
        }
    }

    func testAnEmptyQueueKeepsLittleStorage() {
        var queue = ByteQueue()

        queue.append([UInt8](repeating: 1, count: 1 << 20))
        queue.drop(1 << 20)

        XCTAssertTrue(queue.isEmpty)
        XCTAssertLessThanOrEqual(queue.capacity, 1024)
    }

    func testAQueueThatIsNeverEmptyDoesNotGrow() {
        var queue = ByteQueue()
        queue.append([1, 2, 3])

        for _ in 0..<10_000 {
            queue.append([UInt8](repeating: 7, count: 100))
            queue.drop(100)
        }

        XCTAssertEqual(queue.count, 3)
        XCTAssertLessThan(queue.capacity, 2048)
    }
}
