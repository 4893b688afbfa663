import XCTest

@testable import patron_bench

final class OrderPlanTests: XCTestCase {
    func testTheMixtureIsKept() {
        let plans = (0..<1000).map { OrderPlan(number: $0) }

        XCTAssertEqual(plans.count { $0.isNew }, 300)
        XCTAssertEqual(plans.count { $0.hasConsent }, 250)
        XCTAssertEqual(plans.count { $0.isNew && $0.hasConsent }, 75)
    }

    func testNumbersAreWrittenIntoTheirPlaces() {
        let text = NumberedText("a######## b%%%%%%%% c########")

        text.fill(order: 42, person: 7)

        XCTAssertEqual(text.text, "a00000042 b00000007 c00000042")
    }

    func testPercentilesAreThoseOfTheSortedTimes() {
        var latencies = Latencies()

        for milliseconds in (1...100).reversed() { latencies.append(.milliseconds(milliseconds)) }

        XCTAssertEqual(latencies.percentiles([50, 99]), [51, 100])
    }
}
