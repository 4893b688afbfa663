import Foundation
import TestSupport
import XCTest

/// The kit finds what is wrong with a plugin.
final class FaultyPluginsTests: XCTestCase {
    func testAPluginWithoutAFaultConforms() throws {
        let run = try run(fault: "none")

        XCTAssertEqual(run.lines.filter { !$0.hasPrefix("ok ") }, [])
        XCTAssertEqual(run.end, .exited(0))
    }

    func testAPluginThatTakesEverythingIsFound() throws {
        let run = try run(fault: "takes-everything")

        XCTAssertEqual(
            run.failures,
            ["what is refused is refused with its slug", "a refused order of a batch takes the others along"])
        XCTAssertEqual(run.end, .exited(1))
    }

    func testAPluginThatFailsOnStrangeDetailsIsFound() throws {
        XCTAssertEqual(
            try run(fault: "fails").failures,
            [
                "with any one thing wrong in its details an order is taken, shown, changed and cancelled, or refused "
                    + "cleanly"
            ])
    }

    func testAPluginThatHidesWhatIsPersonalIsFound() throws {
        XCTAssertEqual(
            try run(fault: "hides").failures,
            ["personal details are told to the person, and gone from every file once the person is erased"])
    }

    func testAPluginThatForgetsWhenItDiesIsFound() throws {
        XCTAssertEqual(
            try run(fault: "forgets").failures, ["when its process dies, nothing is lost and nothing happens twice"])
    }

    func testAPluginThatCannotBeReadIsRefused() throws {
        try withTemporaryDirectory { directory in
            let folder = "\(directory)/flowers"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try #"{"id":"flowers"}"#.write(toFile: "\(folder)/plugin.json", atomically: true, encoding: .utf8)

            let run = try PluginRun(folder)

            XCTAssertEqual(
                run.lines,
                [
                    "patrond: the plugin flowers cannot be used: plugin.json: missing: version, title, api, command, "
                        + "states"
                ])
            XCTAssertEqual(run.end, .exited(1))
        }
    }

    private func run(fault: String) throws -> PluginRun {
        let python = try Python.require()
        return try withTemporaryDirectory { directory in
            let folder = "\(directory)/flowers"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let manifest = Self.manifest.replacingOccurrences(of: "python3", with: python)
            try manifest.write(toFile: "\(folder)/plugin.json", atomically: true, encoding: .utf8)
            let program = "FAULT = \"\(fault)\"\n" + Self.program
            try program.write(toFile: "\(folder)/flowers.py", atomically: true, encoding: .utf8)
            return try PluginRun(folder)
        }
    }

    private static let manifest = #"""
        {
          "id": "flowers", "version": "1.0.0", "title": "Flowers by post", "api": [1, 1],
          "command": ["python3", "-S", "-E", "flowers.py"], "capabilities": ["anonymous-orders"],
          "states": [{"name": "ordered", "state": "open"}, {"name": "cancelled", "state": "cancelled"}],
          "personal_details": ["card"], "lines": [{"label": "Card", "path": "card"}],
          "migrations": [{"name": "1", "sql": "CREATE TABLE flowers__order (order_id INTEGER PRIMARY KEY REFERENCES customer_order (id) ON DELETE CASCADE, card TEXT, garden TEXT) STRICT"}],
          "tables": [{"name": "flowers__order", "columns": {"order_id": "order", "card": "personal", "garden": "plain"}}],
          "samples": {
            "orders": [{"total": "25.00", "customer": {"email": "ann-{n}@example.org"}, "details": {"card": "For Ann"}}],
            "refused": [{"order": {"total": "25.00"}, "refusal": "422 incomplete"}]
          }
        }
        """#

    private static let program = #"""
        import json, os, sys

        seen = os.path.exists("seen")

        def translate(details):
            card = details.get("card")
            if FAULT == "fails" and isinstance(card, list):
                card.upper()
            if FAULT == "forgets" and seen:
                return {"error": {"code": 409, "message": "this is all new to me", "data": {"slug": "forgotten"}}}
            if not card and FAULT != "takes-everything":
                return {"error": {"code": 422, "message": "missing: card", "data": {"slug": "incomplete"}}}
            if not isinstance(card, str) and FAULT != "takes-everything":
                return {"error": {"code": 400, "message": "card: text is needed"}}
            kept = card if isinstance(card, str) else None
            garden = kept if FAULT == "hides" else None
            sql = "INSERT INTO flowers__order (order_id, card, garden) VALUES (?, ?, ?)"
            return {"result": {"data": [{"sql": sql, "values": [{"of": "order"}, kept, garden]}]}}

        for line in sys.stdin:
            request = json.loads(line)
            method = request["method"]
            if method == "initialize":
                answer = {"result": {"plugin": "flowers", "api": 1}}
            elif method == "translate":
                try:
                    answer = translate(request["params"]["details"])
                except Exception as error:
                    answer = {"error": {"code": -32000, "message": repr(error)}}
                open("seen", "w").close()
            else:
                answer = {"result": {}}
            print(json.dumps({"jsonrpc": "2.0", "id": request["id"], **answer}), flush=True)
            if method == "shutdown":
                break
        """#
}
