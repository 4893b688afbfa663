import XCTest

@testable import patron_bench

final class TenantChoiceTests: XCTestCase {
    func testInTurnEachClientGoesRoundItsShare() {
        var choice = TenantChoice.inTurn(tenants: 5, clients: 2)

        XCTAssertEqual((0..<6).map { _ in choice.next(for: 0) }, [0, 2, 4, 0, 2, 4])
        XCTAssertEqual((0..<3).map { _ in choice.next(for: 1) }, [1, 3, 1])
    }

    func testWithFewTenantsEachClientStaysWithOne() {
        var choice = TenantChoice.inTurn(tenants: 2, clients: 3)

        XCTAssertEqual((0..<3).map { _ in choice.next(for: 2) }, [0, 0, 0])
    }

    func testOfManyTenantsTheFirstAreAskedForMostOften() {
        var choice = TenantChoice.logUniform(tenants: 10_000)

        let chosen = (0..<40_000).map { _ in choice.next(for: 0) }

        XCTAssertTrue(chosen.allSatisfy { 0..<10_000 ~= $0 })
        for power in [1, 10, 100, 1_000] {
            let share = chosen.count { power - 1..<power * 10 - 1 ~= $0 }
            XCTAssertEqual(Double(share), 10_000, accuracy: 500)
        }
    }
}
