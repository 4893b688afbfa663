import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class VerbTableTests: XCTestCase {
    func testEveryVerbHasAnExampleThatSucceeds() throws {
        try withShop(makePlugins: VerbExamples.makePlugins) { daemon, connection in
            for line in VerbExamples.pluginPreparation { try connection.ok(line) }
            let export = try Self.export(connection)
            let answers = try VerbExamples.preparation.map { try connection.ok($0) }
            let token = try XCTUnwrap(answers.last?.text("token"))
            let id = try XCTUnwrap(answers.last?.text("id"))
            let verbs = try connection.rows("schema").compactMap { $0.text("verb") }
            XCTAssertEqual(verbs.filter { VerbExamples.lines[$0] == nil }, [])
            // What ends the server or the token comes last.
            for verb in verbs.sorted(by: { Self.rank($0) < Self.rank($1) }) {
                let connection = try daemon.connect(to: "acme")
                var (session, made, order, backup) = ("", "", "", "")
                var lastMail = ""
                for line in VerbExamples.lines[verb] ?? [] {
                    let line = try line.replacingOccurrences(of: "{token}", with: token)
                        .replacingOccurrences(of: "{link}", with: "https://shop.example/{action}/{token}")
                        .replacingOccurrences(of: "{id}", with: id).replacingOccurrences(of: "{verb}", with: verb)
                        .replacingOccurrences(of: "{session}", with: session)
                        .replacingOccurrences(of: "{made}", with: made)
                        .replacingOccurrences(of: "{export}", with: export)
                        .replacingOccurrences(of: "{backup}", with: backup)
                        .replacingOccurrences(of: "{order}", with: order).fillingIn(mailAfter: lastMail, connection)
                    if verb.hasPrefix("account.") || verb.hasPrefix("me.") { lastMail = try connection.newestMail }
                    let reply = try connection.ask(line)
                    XCTAssertNil(reply.error, line)
                    session = reply.ok?.text("session") ?? session
                    made = (reply.ok?.number("id") ?? reply.ok?.number("parked")).map { String($0) } ?? made
                    backup = reply.ok?.text("backup") ?? backup
                    order = reply.ok?.number("order").map { String($0) } ?? order
                }
            }
            XCTAssertEqual(daemon.wait(), .exited(0))
        }
    }

    func testWrongArgumentsOfEveryVerbAreRefusedClearly() throws {
        try withShop { _, connection in
            for verb in try connection.rows("schema") {
                for line in Self.wrongLines(of: verb) {
                    let reply = try connection.ask(line)
                    let error = try XCTUnwrap(reply.error, line)
                    XCTAssertTrue((400..<500).contains(error.code), "\(line): \(error.text)")
                    XCTAssertFalse(error.slug.isEmpty || error.message.isEmpty, line)
                }
            }
            XCTAssertEqual(try connection.rows("event.list"), [])
            XCTAssertEqual(try connection.rows("tenant.list").map { $0.text("name") }, ["acme"])
            XCTAssertEqual(try connection.ok("whoami").text("tenant"), "acme")
        }
    }

    func testNoJSONValueIsMoreThanAnyVerbCanTake() throws {
        let values = [
            "null", "true", "0", "-1", "9223372036854775807", "99999999999999999999", "1e999", "0.5", #""""#, #""x""#,
            #""\u0000""#, "[]", "[[]]", "[null]", "{}", #"{"a":{"b":[]}}"#,
        ]
        try withShop { daemon, connection in
            for verb in try connection.rows("schema") where verb.text("verb") != "drain" {
                let name = verb.text("verb") ?? ""
                let parameters = verb["parameters"]?.arrayValue ?? []
                let client = try daemon.connect(to: "acme")
                for parameter in parameters {
                    let others = parameters.filter { $0["required"]?.boolValue == true && $0 != parameter }
                        .map { #""\#($0.text("name") ?? "")":1,"# }.joined()
                    for value in values {
                        let members = #"\#(others)"\#(parameter.text("name") ?? "")":\#(value)"#
                        let line = #"{"jsonrpc":"2.0","id":1,"method":"\#(name)","params":{\#(members)}}"#
                        let code = try client.ask(line).error?.code ?? 200
                        XCTAssertTrue(code < 500, "\(line): \(code)")
                    }
                }
                // Whatever the values did to the tenant must not shield the verbs that follow.
                try connection.ok("tenant.resume")
            }
            XCTAssertEqual(try connection.ok("tenant.verify")["ok"]?.boolValue, true)
        }
    }

    /// A new tenant as a file, in base64.
    private static func export(_ connection: ControlConnection) throws -> String {
        try connection.ok("tenant.create going")
        let file = try connection.rows("tenant.export name=going").reduce(into: Data()) { file, row in
            file += Data(base64Encoded: row.text("data") ?? "") ?? Data()
        }
        return file.base64EncodedString()
    }

    private static func rank(_ verb: String) -> Int {
        switch verb {
        case "drain": 2
        case "token.revoke", "customer.erase": 1
        default: 0
        }
    }

    /// Lines with an argument missing, unknown, repeated or of the wrong kind.
    private static func wrongLines(of verb: JSON) -> [String] {
        let name = verb.text("verb") ?? ""
        let parameters = (verb["parameters"]?.arrayValue ?? []).map { parameter in
            (
                name: parameter.text("name") ?? "", type: parameter.text("type") ?? "",
                isRequired: parameter["required"]?.boolValue == true
            )
        }
        let required = parameters.filter(\.isRequired)
        let filled = ([name] + required.map { "\($0.name)=\(right[$0.type] ?? "x")" }).joined(separator: " ")
        var lines = ["\(filled) zzz=1", "\(filled) key=1 key=2"]
        if let first = required.first { lines += [name, "\(filled) \(first.name)=x", "\(filled) 1 2 3"] }
        for parameter in parameters {
            let others = required.filter { $0.name != parameter.name }.map { "\($0.name)=\(right[$0.type] ?? "x")" }
            for value in wrong[parameter.type] ?? [] {
                lines.append(([name] + others + ["\(parameter.name)=\(value)"]).joined(separator: " "))
            }
        }
        return lines
    }

    private static let right = ["integer": "99", "object": "{}", "list": "[]", "buyer": "99", "json": "{}"]

    private static let wrong = [
        "text": ["{}", "[1]", "\"open"],
        "integer": ["x", "1.5", "{}", "99999999999999999999"], "flag": ["7", "yes", "[]"],
        "amount": ["[1]", "{}", "1,5"], "time": ["{}", "[]", "yesterday"], "words": ["{}", "[1]"],
        "object": ["x", "[]", "1"],
        "list": ["x", "{}"], "buyer": ["x", "[]"],
    ]
}

extension String {
    /// The line with the ticket or the code that the newest mail carries.
    fileprivate func fillingIn(mailAfter last: String, _ connection: ControlConnection) throws -> String {
        guard contains("{ticket}") || contains("{code}") else { return self }
        // A link is sent behind the answer that promises it, so it may take a moment.
        // 2 ms a time: 20 s at most.
        for attempt in 1...10_000 {
            if attempt > 1 { usleep(2_000) }
            let mail = try connection.newestMail
            guard mail != last else { continue }
            let words = mail.split(whereSeparator: \.isWhitespace).map(String.init)
            let ticket = words.first { $0.hasPrefix("acme.") && $0.utf8.count == 102 }
            let code = words.first { $0.utf8.count == 9 && $0.dropFirst(4).first == "-" }
            if let code, contains("{code}") { return replacingOccurrences(of: "{code}", with: code) }
            if let ticket, contains("{ticket}") { return replacingOccurrences(of: "{ticket}", with: ticket) }
        }
        return self
    }
}

extension ControlConnection {
    /// The text of the newest mail, empty when there is none.
    fileprivate var newestMail: String {
        get throws { try rows("message.outbox limit=1").first?.text("text") ?? "" }
    }
}
