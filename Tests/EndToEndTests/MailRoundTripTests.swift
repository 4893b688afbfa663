import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class MailRoundTripTests: XCTestCase {
    func testAMailLeavesThroughTheHostsProgramAndItsAnswerJoinsTheConversation() throws {
        try withTemporaryDirectory { directory in
            let program = try mailProgram(in: directory)
            let daemon = try RunningDaemon(in: directory, sendmail: "\(program) -t -i")
            defer { daemon.stop() }
            try daemon.connect().ok("tenant.create acme currency=EUR country=DE account.invite=false")
            let shop = try daemon.connect(to: "acme")
            try shop.ok("tenant.set mail.from=shop@example.org mail.reply=reply+{token}@example.org")
            try shop.ok("customer.create email=ann@example.net")

            try shop.ok(#"message.send customer=1 subject="Your order" text="It left today.""#)
            let sent = try mail(in: directory)

            XCTAssertTrue(sent.contains("\nSubject: Your order\n"), sent)
            XCTAssertTrue(sent.contains("To: ann@example.net\n"), sent)
            let replyTo = try XCTUnwrap(sent.split(separator: "\n").first { $0.hasPrefix("Reply-To: ") }?.dropFirst(10))
            let answer = """
                From: Ann <ann@example.net>
                To: \(replyTo)
                Subject: Something else
                Message-ID: <1@example.net>
                Content-Type: text/plain; charset=utf-8

                Grüße, thank you!

                On Sun, 22 Nov 2026 at 10:00, Shop <shop@example.org> wrote:
                > It left today.

                -- 
                Ann
                """
            let data = Data(answer.utf8).base64EncodedString()
            try shop.ok("message.receive data=\(data)")
            let rows = try shop.rows("message.list customer=1")

            XCTAssertEqual(rows.map { $0.text("text") }, ["Grüße, thank you!", "It left today."])
            XCTAssertEqual(Set(rows.map { $0.number("thread") }).count, 1)
        }
    }

    /// A mail program that hands each mail to whoever reads the pipe.
    private func mailProgram(in directory: String) throws -> String {
        let program = "\(directory)/sendmail"
        let script = "#!/bin/sh\ncat > \(directory)/mail && echo > \(directory)/sent\n"
        try script.write(toFile: program, atomically: false, encoding: .utf8)
        chmod(program, 0o700)
        XCTAssertEqual(mkfifo("\(directory)/sent", 0o600), 0)
        return program
    }

    /// The next mail that leaves; waits for it.
    private func mail(in directory: String) throws -> String {
        let pipe = try XCTUnwrap(FileHandle(forReadingAtPath: "\(directory)/sent"))
        _ = try pipe.readToEnd()
        return try String(contentsOfFile: "\(directory)/mail", encoding: .utf8)
    }
}
