import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class MailKillTests: XCTestCase {
    private static let rounds = 8
    private static let mails = 30

    func testNoMailIsLostOrSentTwiceByItselfHoweverOftenTheDaemonIsKilled() throws {
        try withTemporaryDirectory { directory in
            let ledger = "\(directory)/sent"
            let sendmail = try Self.sendmail(writing: ledger, in: directory)
            var random = SeededGenerator(seed: 21)
            var daemon = try RunningDaemon(in: directory, sendmail: sendmail)
            let setup = try daemon.connect()
            for line in [
                "tenant.create name=acme mail.from=shop@acme.example mail.per_hour=none", "use acme",
                "customer.create name=Ann email=ann@example.org",
            ] {
                try setup.ok(line)
            }
            var answered: Set<Int64> = []

            for round in 0..<Self.rounds {
                let connection = try daemon.connect(to: "acme")
                let fuse = KillSwitch(daemon.process, after: 1 + random.below(Self.mails))
                for number in 0..<Self.mails {
                    // The daemon may be dead by now; what it did not answer may be there or not.
                    let line = "message.send customer=1 subject=Hello text=\(round)-\(number)"
                    guard let reply = try? connection.ask(line), let mail = reply.ok?["mail"]?.integerValue else {
                        break
                    }
                    answered.insert(mail)
                    fuse.note()
                }
                daemon.kill()
                daemon = try RunningDaemon(in: directory, sendmail: sendmail)
            }

            let connection = try daemon.connect(to: "acme")
            while try !connection.rows("message.outbox state=queued limit=1").isEmpty
                || !connection.rows("message.outbox state=sending limit=1").isEmpty
            {}
            let mails = try connection.allRows("message.outbox")
            let sent = try String(contentsOfFile: ledger, encoding: .utf8).split(separator: "\n").map { String($0) }
            let uncertain = mails.filter { $0.text("state") == "uncertain" }
            XCTAssertTrue(answered.isSubset(of: mails.compactMap { $0["id"]?.integerValue }))
            XCTAssertEqual(Set(sent).count, sent.count, "sent twice")
            for mail in mails where mail.text("state") != "uncertain" {
                XCTAssertEqual(mail.text("state"), "sent")
                XCTAssertTrue(sent.contains("<\(mail.text("message_id") ?? "")>"), "lost")
            }
            XCTAssertLessThanOrEqual(uncertain.count, Self.rounds)
            XCTAssertGreaterThan(mails.count, Self.rounds)

            // What is uncertain goes out again when staff say so, under the same id.
            for mail in uncertain { try connection.ok("message.retry \(mail["id"]?.integerValue ?? 0)") }
            XCTAssertEqual(daemon.stop(), .exited(0))
        }
    }

    /// A mail program that notes the Message-ID of each mail it takes.
    private static func sendmail(writing ledger: String, in directory: String) throws -> String {
        let path = "\(directory)/sendmail"
        let script = """
            #!/bin/sh
            id=$(sed -n 's/^Message-ID: //p' | head -n 1)
            echo "$id" >> \(ledger)
            """
        try script.write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: path)
        return path
    }
}
