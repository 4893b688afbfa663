import XCTest

@testable import ControlClient

final class InvocationTests: XCTestCase {
    func testOptionsComeBeforeTheVerb() throws {
        let invocation = try parse("--socket", "/s", "--tenant=acme", "--as", "lena", "--json", "x.y", "--json", "a=1")

        XCTAssertEqual(invocation.socket, "/s")
        XCTAssertEqual(invocation.tenant, "acme")
        XCTAssertEqual(invocation.staff, "lena")
        XCTAssertTrue(invocation.isJSON)
        XCTAssertEqual(invocation.action, .request(verb: "x.y", arguments: ["--json", "a=1"]))
    }

    func testTheEnvironmentStandsInForOptions() throws {
        let environment = ["PATRON_SOCKET": "/e", "PATRON_TENANT": "beta"]

        let fromEnvironment = try Invocation(arguments: ["hello"], environment: environment)
        let fromOptions = try Invocation(arguments: ["--tenant", "acme", "hello"], environment: environment)
        let bare = try Invocation(arguments: ["hello"], environment: ["PATRON_SOCKET": "", "PATRON_TENANT": ""])

        XCTAssertEqual(fromEnvironment.socket, "/e")
        XCTAssertEqual(fromEnvironment.tenant, "beta")
        XCTAssertEqual(fromOptions.tenant, "acme")
        XCTAssertEqual(bare.socket, "run/patron.sock")
        XCTAssertNil(bare.tenant)
    }

    func testWordsWithAMeaningOfTheirOwn() throws {
        XCTAssertEqual(try parse("-").action, .lines)
        XCTAssertEqual(try parse("completion", "zsh").action, .completion(.zsh))
        XCTAssertEqual(try parse("--help").action, .help)
        XCTAssertEqual(try parse("--version").action, .version)
    }

    func testACommandLineThatMakesNoSenseIsRefused() {
        let table: [([String], UsageError)] = [
            ([], .missingVerb),
            (["--json"], .missingVerb),
            (["--bad", "x"], .unknownOption("--bad")),
            (["--tenant"], .missingValue(option: "--tenant")),
            (["--tenant=", "x"], .missingValue(option: "--tenant")),
            (["--as", "lena", "x"], .staffWithoutTenant),
            (["--tenant", "a b", "x"], .badTenant("a b")),
            (["x\ny"], .badVerb("x\ny")),
            (["x y"], .badVerb("x y")),
            (["{}"], .badVerb("{}")),
            ([""], .badVerb("")),
            (["-", "x"], .unexpectedArguments(verb: "-")),
            (["completion", "fish"], .unexpectedArguments(verb: "completion")),
        ]

        for (arguments, mistake) in table {
            XCTAssertThrowsError(try Invocation(arguments: arguments, environment: [:])) {
                XCTAssertEqual($0 as? UsageError, mistake)
            }
        }
    }

    private func parse(_ arguments: String...) throws -> Invocation {
        try Invocation(arguments: arguments, environment: [:])
    }
}
