import ChannelKit
import TestSupport
import XCTest

@testable import Hosting

final class PluginManifestTests: XCTestCase {
    private static let members = [
        "id": #""flower-stall""#, "version": #""1.0.0""#, "title": #""Flowers""#, "api": "[1,1]",
        "command": #"["./run","now"]"#, "states": #"[{"name":"sold","state":"completed"}]"#,
    ]

    private func manifest(_ changes: [String: String?] = [:]) throws -> PluginManifest {
        var members = Self.members
        for (name, value) in changes { members[name] = value }
        let text = members.map { "\"\($0.key)\":\($0.value)" }.joined(separator: ",")
        return try PluginManifest(parsing: Array("{\(text)}".utf8))
    }

    private func reason(_ changes: [String: String?]) -> String {
        do {
            _ = try manifest(changes)
            return "nothing is wrong"
        } catch {
            return "\(error)"
        }
    }

    func testTheLeastThatIsNeededIsEnough() throws {
        let manifest = try manifest()

        XCTAssertEqual(manifest.id, "flower-stall")
        XCTAssertEqual(manifest.command, ["./run", "now"])
        XCTAssertEqual(manifest.hooks.translate, PluginHooks.Hook(deadline: .seconds(5), failure: .refuse))
        XCTAssertEqual(manifest.isolation, .shared)
        XCTAssertEqual(manifest.limits, ChildLimits(memory: 0, files: 256, seconds: 0))
        XCTAssertEqual(try manifest.descriptor.state(for: "sold"), .completed)
    }

    func testEverythingCanBeSaid() throws {
        let manifest = try manifest([
            "hooks": #"{"translate":{"deadline_ms":100,"on_failure":"park"},"deliver":{"deadline_ms":60000}}"#,
            "topics": #"["order.*","customer.erased"]"#, "isolation": #""tenant""#,
            "limits": #"{"memory_mb":64,"open_files":32,"cpu_seconds":10}"#, "environment": #"["HOME"]"#,
            "settings": #"[{"name":"mode","type":"choice","values":["a","b"],"summary":"which"}]"#,
            "lines": #"[{"label":"Number","path":"a.b"}]"#,
            "verbs":
                #"[{"name":"look-up","summary":"looks","roles":["reader"],"parameters":[{"name":"q","type":"text","required":true,"summary":"what"}]}]"#,
        ])

        XCTAssertEqual(manifest.hooks.translate, PluginHooks.Hook(deadline: .milliseconds(100), failure: .park))
        XCTAssertTrue(manifest.topics[0].covers("order.cancelled"))
        XCTAssertFalse(manifest.topics[1].covers("customer.created"))
        XCTAssertEqual(manifest.limits, ChildLimits(memory: 64 << 20, files: 32, seconds: 10))
        XCTAssertEqual(manifest.descriptor.settings[0].standard, "a")
        XCTAssertEqual(manifest.verbs[0].roles, [.reader])
        XCTAssertFalse(manifest.verbs[0].isChanging)
    }

    func testMistakesAreNamedWithTheirPlace() {
        XCTAssertEqual(reason(["id": nil]), "missing: id")
        XCTAssertEqual(
            reason(["id": #""Flower""#]),
            "id: words of a-z and 0-9 joined by hyphens are needed, 40 characters at most")
        XCTAssertEqual(reason(["id": #""order""#]), "id: this is a word of the host's own")
        XCTAssertEqual(reason(["api": "[2,3]"]), "api: this host speaks version 1")
        XCTAssertEqual(
            reason(["api": "1"]), "api: the lowest and the highest version of the wire are needed, such as [1, 1]")
        XCTAssertEqual(reason(["command": "[]"]), "command: the program and its arguments are needed")
        XCTAssertEqual(reason(["command": #""run""#]), "command: a list of texts is needed here")
        XCTAssertEqual(reason(["colour": "1"]), "colour: there is no such member")
        XCTAssertEqual(
            reason(["states": #"[{"name":"x","state":"odd"}]"#]),
            "states[0].state: one of open, confirmed, completed, cancelled, refunded, expired is needed here")
        XCTAssertEqual(
            reason(["hooks": #"{"revise":{"on_failure":"park"}}"#]),
            "hooks.revise.on_failure: only translate and perform can be parked")
        XCTAssertEqual(
            reason(["hooks": #"{"translate":{"deadline_ms":5}}"#]),
            "hooks.translate.deadline_ms: 10 to 60000 are possible")
        XCTAssertEqual(reason(["topics": #"["weather.*"]"#]), "topics: there is no topic weather.*")
        XCTAssertEqual(reason(["environment": #"["A=B"]"#]), "environment: names of variables are needed")
        XCTAssertEqual(
            reason(["verbs": #"[{"name":"a","summary":"x"},{"name":"a","summary":"y"}]"#]),
            "verbs: a name stands there twice")
        XCTAssertEqual(
            reason(["tables": #"[{"name":"flower_stall__x","columns":{"a":"secret"}}]"#]),
            "tables[0].columns.a: one of plain, personal, staff, order, customer is needed here")
    }

    func testEveryMutationIsReadOrRefused() {
        let text = Array(
            #"{"id":"a","version":"1","title":"A","api":[1,1],"command":["a"],"states":[{"name":"s","state":"open"}]}"#
                .utf8)
        for index in text.indices {
            for byte in [UInt8(ascii: "{"), UInt8(ascii: "\""), UInt8(ascii: "0"), 0, 0xFF] {
                var changed = text
                changed[index] = byte
                // Whether it is one does not matter here, only that nothing worse happens.
                _ = try? PluginManifest(parsing: changed)
            }
        }
    }
}
