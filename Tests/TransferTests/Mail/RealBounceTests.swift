import Foundation
import TestSupport
import XCTest

@testable import Transfer

final class RealBounceTests: XCTestCase {
    private struct Expected: Decodable {
        struct Recipient: Decodable {
            let dsn: String
            let reason: String
            let hard: Bool

            enum CodingKeys: String, CodingKey {
                case dsn, reason
                case hard = "hard_bounce"
            }
        }

        let file: String
        let kind: String
        let expected: [Recipient]
    }

    func testReportsOfManyMailSystemsAreUnderstood() throws {
        let mails = Dictionary(uniqueKeysWithValues: try RealMailTests.mails("mail-bounces"))
        var right: [String: Int] = [:]
        var all: [String: Int] = [:]
        var missed: [String] = []
        func count(_ what: String, _ isRight: Bool, _ note: @autoclosure () -> String) {
            all[what, default: 0] += 1
            if isRight { right[what, default: 0] += 1 } else { missed.append("\(what): \(note())") }
        }
        for row in try RealData.rows(Expected.self, in: "mail-bounces/expected.json") {
            let mail = try MailParser.parse(try XCTUnwrap(mails[row.file]))
            let report = BounceReport(mail)
            let wasDelivered = row.expected.allSatisfy { $0.reason == "delivered" }
            let kind =
                report.map { $0.isComplaint ? "feedback" : "bounce" }
                ?? (AutomaticMail.isAutomatic(mail) ? "vacation" : "person")
            let isKind = kind == row.kind || wasDelivered && report == nil
            count("kind \(row.kind)", isKind, "\(row.file) taken for \(kind)")
            guard row.kind == "bounce", !wasDelivered, let report else { continue }
            let first = report.recipients[0]
            count(
                "recipients", report.recipients.count == row.expected.count,
                "\(row.file) \(report.recipients.map(\.address))")
            count("address", first.address.contains("@"), row.file)
            let wanted = row.expected[0]
            count(
                wanted.hard ? "hard" : "soft", first.isHard == wanted.hard,
                "\(row.file) \(wanted.reason) \(wanted.dsn) was \(first.status ?? "-")")
            // Codes such as 5.0.911 are that suite's own.
            if wanted.dsn.split(separator: ".").last?.count != 3 || !wanted.dsn.contains(".0.9") {
                count("status", first.status == wanted.dsn, "\(row.file) \(wanted.dsn) was \(first.status ?? "-")")
            }
        }
        for what in all.keys.sorted() { print("bounces, \(what): \(right[what] ?? 0) of \(all[what] ?? 0)") }
        for one in missed.sorted() { print("  missed: \(one)") }
        func share(_ what: String) -> Double { Double(right[what] ?? 0) / Double(max(all[what] ?? 0, 1)) }

        XCTAssertGreaterThanOrEqual(share("kind bounce"), 0.97)
        XCTAssertEqual(share("kind feedback"), 1)
        XCTAssertEqual(share("kind vacation"), 1)
        XCTAssertGreaterThanOrEqual(share("hard"), 0.88)
        XCTAssertGreaterThanOrEqual(share("soft"), 0.85)
    }
}
