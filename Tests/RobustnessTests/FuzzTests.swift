import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class FuzzTests: XCTestCase {
    private static let conversations = 4
    private static let linesOfAConversation = 900
    /// Lines sent before answers are read; with their markers less than may be in flight.
    private static let chunk = 30

    func testEveryMutatedWordLineGetsOneAnswer() throws {
        try fuzz(seed: 100) { $0.wordLine($1, &$2) }
    }

    func testEveryMutatedJSONLineGetsOneAnswer() throws {
        try fuzz(seed: 200) { $0.jsonLine($1, &$2) }
    }

    private func fuzz(
        seed: UInt64, _ line: @escaping @Sendable (SampleLines, Int, inout SeededGenerator) -> String
    ) throws {
        try withShop { daemon in
            let setup = try daemon.connect(to: "acme")
            for request in [
                "tenant.create name=other", "customer.create name=Ann email=ann@example.org",
                "coupon.create code=TEN percent=10 limit=50",
                "order.register channel=online-shop ext=1 customer=1 total=5.00",
            ] {
                XCTAssertNil(try setup.ask(request).error, request)
            }
            let samples = try SampleLines(setup)
            XCTAssertGreaterThan(samples.count, 50)
            let socket = daemon.socket

            let faults = try concurrently(Self.conversations) { number in
                var random = SeededGenerator(seed: seed + UInt64(number))
                return try Self.converse(samples, socket, &random, line)
            }

            XCTAssertEqual(faults.flatMap(\.self), [])
            XCTAssertFalse(daemon.log.contains("\"level\":\"error\""), daemon.log)
        }
    }

    /// Sends spoilt lines, each followed by a marker, and counts the answers between the markers.
    ///
    /// - Returns: What was not as it must be.
    private static func converse(
        _ samples: SampleLines, _ socket: String, _ random: inout SeededGenerator,
        _ line: (SampleLines, Int, inout SeededGenerator) -> String
    ) throws -> [String] {
        var faults: [String] = []
        var client = try RawClient(socket)
        for start in stride(from: 0, to: linesOfAConversation, by: chunk) {
            // A new connection now and then: what a line may have bound or begun ends with it.
            if start.isMultiple(of: chunk * 5) {
                client = try RawClient(socket)
                client.write("use acme\n")
                guard client.readLine()?.hasPrefix("OK ") == true else { throw ClientError.connectionLost }
            }
            var lines: [[UInt8]] = []
            while lines.count < chunk {
                let spoilt = LineMutator.mutate(line(samples, start + lines.count, &random), &random)
                if !LineMutator.isForbidden(spoilt) { lines.append(spoilt) }
            }
            for (number, line) in lines.enumerated() {
                client.write(line + [0x0A])
                client.write("{\"jsonrpc\":\"2.0\",\"id\":\"marker \(number)\",\"method\":\"whoami\"}\n")
            }
            for (number, line) in lines.enumerated() {
                let answers = try readAnswers(client, upTo: .string("marker \(number)"))
                let expected = LineMutator.isBlank(line) ? 0 : 1
                let isInternal = answers.contains { $0.hasPrefix("500 ") }
                if answers.count != expected || isInternal {
                    faults.append(
                        "\(String(decoding: line, as: UTF8.self).debugDescription) was answered by \(answers)")
                }
            }
        }
        return faults
    }

    /// The terminators before a marker's.
    private static func readAnswers(_ client: RawClient, upTo marker: JSON) throws -> [String] {
        var answers: [String] = []
        while let line = client.readLine() {
            switch try AnswerLine(parsing: Array(line.utf8)) {
            case .row, .progress, .event, .notification: break
            case .ok: answers.append("OK")
            case .failed(let failure): answers.append("\(failure.code) \(failure.slug)")
            case .response(let response):
                if response["id"] == marker { return answers }
                answers.append("\(response["error"]?["code"]?.text ?? "result") in JSON")
            }
        }
        throw ClientError.connectionLost
    }
}
