import Foundation
import StrictJSON
import TestSupport
import XCTest

@testable import ControlClient

final class PipelineTests: XCTestCase {
    func testLinesAreSentAsTheyAreAndBlankOnesNot() throws {
        let shown = try run("a x=1\n\n-- note\n  @acme b\r\nlast") { "OK {\"line\":\(JSON.string($0).text)}\n" }

        XCTAssertEqual(shown.map(\.verb), ["a", "b", "last"])
        XCTAssertEqual(shown.map(\.line), try ["a x=1", "  @acme b\r", "last"].map { try Self.ok($0) })
    }

    func testRowsBelongToTheOldestOpenRequest() throws {
        let shown = try run("help\nlist\n") {
            $0 == "help" ? "* {\"text\":\"x\"}\nOK {}\n" : "* {}\nERR 400 syntax {}\n"
        }

        XCTAssertEqual(shown.map(\.verb), ["help", "help", "list", "list"])
    }

    func testMuchInputAndMuchOutputFlowPastEachOther() throws {
        let line = String(repeating: "z", count: 20_000)
        let input = String(repeating: "big \(line)\n", count: 300)

        let shown = try run(input) { "* {\"text\":\"\($0)\"}\nOK {}\n" }

        XCTAssertEqual(shown.count, 600)
    }

    func testAtMostSixtyFourRequestsWaitForTheirAnswers() throws {
        let (connection, far) = try Far.pair()
        let input = Pipe()
        try input.fileHandleForWriting.write(contentsOf: Data(String(repeating: "a\n", count: 100).utf8))
        try input.fileHandleForWriting.close()
        var pipeline = Pipeline(connection: connection, input: input.fileHandleForReading.fileDescriptor)
        var pauses = 0
        var answered = 0

        try pipeline.run { (step) throws(ClientError) in
            switch step {
            case .line: answered += 1
            case .pause:
                pauses += 1
                // The first pause comes before the input is read, the second when its lines are on their way.
                guard pauses == 2 else { break }
                var chunk = [UInt8](repeating: 0, count: 1000)
                XCTAssertEqual(recv(far.descriptor, &chunk, chunk.count, Int32(MSG_DONTWAIT)), 128)
                far.answer { _ in "OK {}\n" }
                far.write(String(repeating: "OK {}\n", count: 64))
            }
        }

        XCTAssertEqual(answered, 100)
    }

    func testRequestsLeftWithoutAnswerAreALostConnection() throws {
        let (connection, far) = try Far.pair()
        far.write("OK {}\n")
        far.close()
        let input = Pipe()
        try input.fileHandleForWriting.write(contentsOf: Data("a\nb\n".utf8))
        try input.fileHandleForWriting.close()
        var pipeline = Pipeline(connection: connection, input: input.fileHandleForReading.fileDescriptor)

        XCTAssertThrowsError(try pipeline.run { _ in }) { XCTAssertEqual($0 as? ClientError, .connectionLost) }
    }

    func testAWatchGoesOnUntilTheDaemonCloses() throws {
        let (connection, far) = try Far.pair()
        far.write("OK {}\n! 1 a {}\n! 2 b {}\n")
        shutdown(far.descriptor, Int32(SHUT_WR))
        let input = Pipe()
        try input.fileHandleForWriting.write(contentsOf: Data("event.watch\n".utf8))
        try input.fileHandleForWriting.close()
        var pipeline = Pipeline(connection: connection, input: input.fileHandleForReading.fileDescriptor)
        var lines: [AnswerLine] = []

        XCTAssertThrowsError(
            try pipeline.run { (step) throws(ClientError) in
                if case .line(let line, _) = step { lines.append(line) }
            }
        ) { XCTAssertEqual($0 as? ClientError, .connectionLost) }

        XCTAssertEqual(lines.count, 3)
        far.close()
    }

    private static func ok(_ line: String) throws -> AnswerLine {
        .ok(.object([JSON.Member(name: "line", value: .string(line))]))
    }

    /// Runs a pipeline over a file, the far end answering each line; returns what the daemon sent.
    private func run(
        _ text: String, reply: @escaping @Sendable (String) -> String
    ) throws -> [(line: AnswerLine, verb: String)] {
        try withTemporaryDirectory { directory in
            let file = URL(fileURLWithPath: "\(directory)/lines")
            try Data(text.utf8).write(to: file)
            let input = try FileHandle(forReadingFrom: file)
            let (connection, far) = try Far.pair()
            far.answer(reply)
            var pipeline = Pipeline(connection: connection, input: input.fileDescriptor)
            var shown: [(line: AnswerLine, verb: String)] = []

            try pipeline.run { (step) throws(ClientError) in
                if case .line(let line, let verb) = step { shown.append((line, verb)) }
            }
            return shown
        }
    }
}
