import XCTest

@testable import Transfer

final class BounceReportTests: XCTestCase {
    private func report(_ text: String) throws -> BounceReport? {
        BounceReport(try MailParser.parse(Array(text.utf8)))
    }

    private func notification(_ fields: String) -> String {
        """
        From: MAILER-DAEMON@example.net
        Content-Type: multipart/report; report-type=delivery-status; boundary=x

        --x

        It did not work.
        --x
        Content-Type: message/delivery-status

        Reporting-MTA: dns; example.net

        \(fields)

        --x
        Content-Type: message/rfc822

        Message-ID: <7.k3v@example.de>
        To: ann@example.org

        Hello
        --x--
        """
    }

    func testAReportTellsWhomTheMailDidNotReachAndWhichMailItWas() throws {
        let report = try report(
            notification(
                """
                Final-Recipient: rfc822; ann@example.org
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 5.1.1
                 <ann@example.org>: User unknown
                """))

        XCTAssertEqual(report?.isComplaint, false)
        XCTAssertEqual(report?.messageID, "7.k3v@example.de")
        XCTAssertEqual(
            report?.recipients, [BouncedRecipient(address: "ann@example.org", status: "5.1.1", isHard: true)])
    }

    func testAFullMailboxIsNoReasonToGiveUpAnAddress() throws {
        let report = try report(
            notification("Final-Recipient: rfc822; ann@example.org\nAction: failed\nStatus: 5.2.2"))

        XCTAssertEqual(
            report?.recipients, [BouncedRecipient(address: "ann@example.org", status: "5.2.2", isHard: false)])
    }

    func testAReportOfAMailThatArrivedIsNoBounce() throws {
        XCTAssertNil(
            try report(notification("Final-Recipient: rfc822; ann@example.org\nAction: delivered\nStatus: 2.0.0")))
    }

    func testAComplaintNamesTheRecipient() throws {
        let report = try report(
            """
            Content-Type: multipart/report; report-type=feedback-report; boundary=x

            --x
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            Original-Rcpt-To: <ann@example.org>

            --x--
            """)

        XCTAssertEqual(report?.isComplaint, true)
        XCTAssertEqual(report?.recipients.map(\.address), ["ann@example.org"])
    }

    func testAPersonsMailIsNeitherABounceNorAutomatic() throws {
        let mail = try MailParser.parse(
            Array("From: Ann <ann@example.org>\nSubject: User unknown?\n\nWho is 5.1.1?".utf8))

        XCTAssertNil(BounceReport(mail))
        XCTAssertFalse(AutomaticMail.isAutomatic(mail))
    }

    func testAVacationNoteIsAutomatic() throws {
        for field in [
            "Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes",
            "Subject: Abwesenheitsnotiz: Urlaub",
        ] {
            let mail = try MailParser.parse(Array("From: Ann <ann@example.org>\n\(field)\n\nI am away.".utf8))

            XCTAssertNil(BounceReport(mail), field)
            XCTAssertTrue(AutomaticMail.isAutomatic(mail), field)
        }
        let human = try MailParser.parse(Array("From: a@example.org\nAuto-Submitted: no\n\nHello".utf8))
        XCTAssertFalse(AutomaticMail.isAutomatic(human))
    }
}
