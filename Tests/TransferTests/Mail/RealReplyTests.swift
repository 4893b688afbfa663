import Foundation
import TestSupport
import XCTest

@testable import Transfer

final class RealReplyTests: XCTestCase {
    private struct Case {
        let name: String
        let text: String
        let expected: String
    }

    private struct CrispCase: Decodable {
        let id: String
        let expected: String
        let input: String
    }

    func testRepliesOfTheTrimmersSuiteAreCut() throws {
        let cases = try pairs("mail-replies/reply-trimmer", input: ".input.txt", expected: ".reply.txt") {
            String(decoding: $0, as: UTF8.self)
        }

        let share = try check("reply-trimmer", cases) { self.trimmed($0) == self.trimmed($1) }

        XCTAssertGreaterThanOrEqual(share, 0.95)
    }

    func testRepliesOfTheHelpDesksSuiteAreCut() throws {
        let cases = try RealData.rows(CrispCase.self, in: "mail-replies/crisp-cases.json").map {
            Case(name: $0.id, text: $0.input, expected: $0.expected)
        }

        let share = try check("crisp", cases) { self.trimmed($0).hasPrefix(self.trimmed($1)) }

        XCTAssertGreaterThanOrEqual(share, 0.95)
    }

    func testRepliesOfManyProgramsAreCut() throws {
        let mails = try pairs("mail-replies/talon", input: ".eml", expected: ".reply.txt") {
            try MailParser.parse(Array($0)).text
        }
        let pages = try pairs("mail-replies/talon-html", input: ".html", expected: ".reply.txt") {
            HTMLText.readable(String(decoding: $0, as: UTF8.self))
        }

        // That suite keeps signatures, and the notes of telephones; here they are cut on purpose.
        let share = try check("talon", mails) { visible, expected in
            self.trimmed(visible) == self.trimmed(ReplyText.visible(of: expected))
        }
        // It knows no empty lines either, where a page's style decides about them.
        let shareOfPages = try check("talon-html", pages) { visible, expected in
            visible.split(whereSeparator: \.isWhitespace) == expected.split(whereSeparator: \.isWhitespace)
        }

        XCTAssertEqual(share, 1)
        XCTAssertEqual(shareOfPages, 1)
    }

    private func check(_ suite: String, _ cases: [Case], _ isRight: (String, String) -> Bool) throws -> Double {
        var missed: [String] = []
        for one in cases {
            let visible = ReplyText.visible(of: one.text)
            if !isRight(visible, one.expected) {
                missed.append(
                    "\(one.name): \(visible.prefix(300).debugDescription) for \(one.expected.prefix(300).debugDescription)"
                )
            }
        }
        print("replies, \(suite): \(cases.count - missed.count) of \(cases.count)")
        for one in missed { print("  missed: \(one)") }
        return Double(cases.count - missed.count) / Double(max(cases.count, 1))
    }

    private func pairs(_ folder: String, input: String, expected: String, _ read: (Data) throws -> String) throws
        -> [Case]
    {
        let url = try RealData.url(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
        return try names.filter { $0.hasSuffix(input) }.map { name in
            let base = String(name.dropLast(input.count))
            let wanted = try String(contentsOf: url.appendingPathComponent(base + expected), encoding: .utf8)
            return Case(
                name: base, text: try read(Data(contentsOf: url.appendingPathComponent(name))), expected: wanted)
        }
    }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .whitespacesAndNewlines) }
}
