import Synchronization
import TestSupport
import XCTest

@testable import Hosting

final class PaceTests: XCTestCase {
    private let second: Int64 = 1_000_000_000

    private func pace(_ perSecond: Int64?, burst: Int64) -> Pace {
        let pace = Pace()
        pace.set(perSecond: perSecond, burst: burst)
        return pace
    }

    func testABurstIsTakenAtOnceAndThenOnlyWhatIsWonBack() {
        let pace = pace(10, burst: 3)

        XCTAssertEqual((0..<5).map { _ in pace.take(1, at: 0) }, [nil, nil, nil, second / 10, second / 10])
        XCTAssertEqual(pace.take(1, at: second / 20), second / 20)
        XCTAssertNil(pace.take(1, at: second / 10))
        XCTAssertEqual(pace.take(1, at: second / 10), second / 10)
        // A long rest wins back no more than the burst.
        XCTAssertEqual((0..<4).map { _ in pace.take(1, at: 60 * second) }, [nil, nil, nil, second / 10])
    }

    func testMoreThanABurstMayBeTakenAtOnceFromAFullBucketAndIsPaidForAfterwards() {
        let pace = pace(10, burst: 3)

        XCTAssertNil(pace.take(20, at: 0))
        XCTAssertEqual(pace.take(1, at: 0), 2 * second - second / 5)
        XCTAssertEqual(pace.take(20, at: second), second)
        XCTAssertNil(pace.take(20, at: 2 * second))
    }

    func testWithoutALimitEverythingIsTaken() {
        let pace = pace(nil, burst: 1)

        XCTAssertTrue((0..<10_000).allSatisfy { _ in pace.take(1_000, at: 0) == nil })
    }

    func testWhatManyThreadsTakeIsCountedExactly() throws {
        let pace = pace(1, burst: 1_000)

        let taken = try concurrently(8) { _ in (0..<1_000).count { _ in pace.take(1, at: 5) == nil } }

        XCTAssertEqual(taken.reduce(0, +), 1_000)
    }
}
