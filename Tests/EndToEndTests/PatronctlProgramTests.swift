import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class PatronctlProgramTests: XCTestCase {
    func testItsExitStatusTellsHowTheRequestWent() throws {
        try withShop { daemon, _ in
            XCTAssertEqual(try Self.run(daemon, ["hello"]).status, 0)
            XCTAssertEqual(try Self.run(daemon, ["--tenant", "acme", "customer.show", "9"]).status, 1)
            XCTAssertEqual(try Self.run(daemon, ["--socket", "/nowhere/at-all.sock", "hello"]).status, 2)
            XCTAssertEqual(try Self.run(daemon, ["--no-such-option", "hello"]).status, 3)
            XCTAssertEqual(try Self.run(daemon, []).status, 3)
            XCTAssertEqual(try Self.run(daemon, ["--tenant", "acme", "--as", "lena", "whoami"]).status, 0)
            XCTAssertEqual(try Self.run(daemon, ["--help"]).status, 0)
        }
    }

    func testItPrintsRowsAsATableOrAsJSON() throws {
        try withShop { daemon, connection in
            for name in ["Ann", "Bo"] { try connection.ok("customer.create name=\(name)") }

            let table = try Self.run(daemon, ["--tenant", "acme", "customer.list"])
            let json = try Self.run(daemon, ["--tenant", "acme", "--json", "customer.list"])

            let lines = table.output.split(separator: "\n").map {
                $0.split(separator: "\t", omittingEmptySubsequences: false)
            }
            XCTAssertEqual(lines.first?.prefix(3), ["id", "number", "name"])
            XCTAssertEqual(lines.dropFirst().map { $0[2] }, ["Ann", "Bo"])
            XCTAssertTrue(table.errors.hasPrefix("rows: 2\n"), table.errors)
            let rows = try json.output.split(separator: "\n").map { try JSON(parsing: String($0)) }
            XCTAssertEqual(rows, try connection.rows("customer.list"))
        }
    }

    func testItPrintsAFailureInWordsOrAsJSON() throws {
        try withShop { daemon, _ in
            let words = try Self.run(daemon, ["--tenant", "acme", "customer.show", "9"])
            XCTAssertEqual(words.errors, "error: there is no such customer (no-customer)\n")
            XCTAssertEqual(words.output, "")
            let json = try Self.run(daemon, ["--json", "--tenant", "acme", "customer.show", "9"])
            let failure = try JSON(parsing: json.errors)
            XCTAssertEqual(failure.number("code"), 404)
            XCTAssertEqual(failure.text("slug"), "no-customer")
        }
    }

    func testItTakesValuesAsAShellHandsThemOver() throws {
        try withShop { daemon, connection in
            let words = [
                "--tenant", "acme", "order.register", "channel=online-shop", "ext=a b",
                #"customer={"email": "ann@example.org", "name": "Ann \"A\" Öz"}"#, "total=1.00",
            ]
            XCTAssertEqual(try Self.run(daemon, words).status, 0)
            XCTAssertEqual(try connection.ok("order.show 1").text("ext"), "a b")
            XCTAssertEqual(try connection.ok("customer.show 1").text("name"), #"Ann "A" Öz"#)
        }
    }

    func testItSendsAThousandLinesWithoutWaitingInBetween() throws {
        try withShop { daemon, connection in
            let input = "\(daemon.directory)/lines"
            let lines = (1...1_000).map { "customer.create name=N\($0)" }
            try (lines.joined(separator: "\n") + "\n").write(toFile: input, atomically: true, encoding: .utf8)

            let result = try Self.run(daemon, ["--tenant", "acme", "--json", "-"], input: input)

            XCTAssertEqual(result.status, 0)
            let names = try result.output.split(separator: "\n").map { try JSON(parsing: String($0)).text("name") }
            XCTAssertEqual(names, (1...1_000).map { "N\($0)" })
            XCTAssertEqual(try connection.ok("customer.list limit=1 count=true").number("count"), 1_000)
        }
    }

    func testItSendsTheOtherLinesToo() throws {
        try withShop { daemon, _ in
            let input = "\(daemon.directory)/lines"
            try "customer.show 9\n-- nothing\ncustomer.create name=Ann".write(
                toFile: input, atomically: true, encoding: .utf8)
            let result = try Self.run(daemon, ["--tenant", "acme", "--json", "-"], input: input)
            XCTAssertEqual(result.status, 1)
            XCTAssertTrue(result.output.contains(#""name":"Ann""#))
        }
    }

    func testItsCompletionIsAScriptTheShellAccepts() throws {
        try withShop { daemon, _ in
            let script = try Self.run(daemon, ["completion", "bash"])
            XCTAssertEqual(script.status, 0)
            XCTAssertTrue(script.output.contains("patronctl"))
            let path = "\(daemon.directory)/completion"
            try script.output.write(toFile: path, atomically: true, encoding: .utf8)
            XCTAssertEqual(try ChildProcess(["bash", "-n", path]).wait(), .exited(0))
            XCTAssertEqual(try Self.run(daemon, ["completion", "fish"]).status, 3)
        }
    }

    private struct Result {
        let status: Int32?
        let output: String
        let errors: String
    }

    private static func run(_ daemon: RunningDaemon, _ words: [String], input: String = "/dev/null") throws -> Result {
        let output = "\(daemon.directory)/stdout"
        let errors = "\(daemon.directory)/stderr"
        // Errors are appended to.
        try "".write(toFile: errors, atomically: true, encoding: .utf8)
        let descriptor = open(input, O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        let child = try ChildProcess(
            [Products.path(of: "patronctl")] + words, environment: ["PATRON_SOCKET": daemon.socket],
            input: descriptor, output: output, errors: errors)
        let end = child.wait()
        guard case .exited(let status) = end else { return Result(status: nil, output: "", errors: "") }
        return Result(
            status: status, output: try String(contentsOfFile: output, encoding: .utf8),
            errors: try String(contentsOfFile: errors, encoding: .utf8))
    }
}
