import XCTest

@testable import patron_bench

final class BenchCommandTests: XCTestCase {
    func testWithoutArgumentsTheUsageIsShown() throws {
        XCTAssertEqual(try BenchCommand([]), .help)
    }

    func testOptionsReplaceTheStandard() throws {
        let command = try BenchCommand(["orders", "--tenants", "4", "--rounds", "1"])

        var expected = OrderOptions()
        expected.tenants = 4
        expected.rounds = 1
        XCTAssertEqual(command, .orders(expected))
    }

    func testAsManyTenantsAsThereAreMayBeOpenUnlessOtherwiseSaid() throws {
        let command = try BenchCommand(["tenants", "--count", "300", "--open", "100"])

        var expected = TenantOptions()
        expected.count = 300
        expected.open = 100
        XCTAssertEqual(command, .tenants(expected))
        XCTAssertNil(TenantOptions().open)
    }

    func testMistakesAreNamed() {
        assertUsage("there is no option --tenant", ["orders", "--tenant", "4"])
        assertUsage("--tenants needs a value", ["idle", "--tenants"])
        assertUsage("0 is no number from 1 to 100000", ["idle", "--tenants", "0"])
        assertUsage("there is no order", ["order"])
    }

    private func assertUsage(_ message: String, _ arguments: [String]) {
        XCTAssertThrowsError(try BenchCommand(arguments)) { error in
            XCTAssertEqual(error as? BenchError, .usage(message))
        }
    }
}
