import XCTest

@testable import patron_bench

final class StolenTimeTests: XCTestCase {
    func testTheShareIsOfAllProcessorsTimeBetweenTwoLooks() {
        let before = StolenTime(in: "cpu  100 0 50 800 40 0 10 0 70 0\ncpu0 50 0 25 400 20 0 5 0 35 0\n")
        let after = StolenTime(in: "cpu  160 5 70 880 45 0 10 30 90 0\ncpu0 80 0 35 440 25 0 5 15 45 0\n")

        XCTAssertEqual(before.all, 1_000)
        XCTAssertEqual(after.all, 1_200)
        XCTAssertEqual(after.stolen, 30)
        XCTAssertEqual(after.percent(since: before), 15)
        XCTAssertEqual(after.percent(since: after), 0)
    }

    func testNothingIsStolenWhereTheKernelDoesNotTell() {
        for text in ["", "cpu 1 2 3\n", "cpu0 1 2 3 4 5 6 7 8\n", "cpu a b c d e f g h\n"] {
            XCTAssertEqual(StolenTime(in: text), StolenTime(in: ""), text)
            XCTAssertEqual(StolenTime(in: text).percent(since: StolenTime(in: text)), 0, text)
        }
    }

    func testTimePassesHere() {
        let start = StolenTime.now
        XCTAssertGreaterThan(start.all, 0)
        XCTAssert((0...100).contains(StolenTime.now.percent(since: start)))
    }
}
