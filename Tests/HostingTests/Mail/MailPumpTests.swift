import ChannelKit
import Foundation
import Hosting
import Registry
import Storage
import TestSupport
import XCTest

final class MailPumpTests: XCTestCase {
    func testAQueuedMailLeavesOnceItsCommitIsDurableAndOnlyOnce() throws {
        try withTemporaryDirectory { folder in
            let tray = Tray()
            try serving(folder, tray) { host, tenant in
                try queue(tenant, host, subject: "Grüße")
                XCTAssertThrowsError(try queue(tenant, host, subject: "Lost", fails: true))
                try queue(tenant, host, subject: "Second")
                _ = tray.messages(atLeast: 2)
            }

            XCTAssertEqual(tray.messages.count, 2)
            XCTAssertTrue(tray.messages[0].contains("To: ann@example.org\n"), tray.messages[0])
            XCTAssertTrue(tray.messages[0].contains("<shop@acme.example>"), tray.messages[0])
            XCTAssertTrue(tray.messages[1].contains("Subject: Second\n"), tray.messages[1])
            XCTAssertTrue(tray.returnPaths.allSatisfy { $0.hasPrefix("reply+") && $0.hasSuffix("@acme.example") })
            XCTAssertEqual(try states(folder), ["sent", "sent"])
            XCTAssertEqual(try marks(folder), [])
        }
    }

    func testAMailThatIsNotTakenIsTriedAgainWhenItsTimeHasCome() throws {
        try withTemporaryDirectory { folder in
            let alarm = Alarm()
            let tray = Tray(.temporary(reason: "451 later"))
            try serving(folder, tray, alarm) { host, tenant in
                try queue(tenant, host)
                let pause = alarm.next()
                XCTAssertTrue((60...72).contains(pause))
                XCTAssertEqual(tray.messages.count, 1)

                host.wakeMail()
                XCTAssertEqual(alarm.next(), pause)
                XCTAssertEqual(tray.messages.count, 1)

                alarm.advance(pause)
                host.wakeMail()
                _ = tray.messages(atLeast: 2)
            }

            XCTAssertEqual(Set(tray.messages.map(messageID)).count, 1)
            XCTAssertEqual(try states(folder), ["sent"])
        }
    }

    func testWhatWaitedWhenTheDaemonEndedLeavesAfterTheNextStart() throws {
        try withTemporaryDirectory { folder in
            try serving(folder, nil) { host, tenant in
                try queue(tenant, host)
                try queue(tenant, host)
                _ = try host.create(TenantName("quiet") ?? tenant.name, Street.configuration)
            }
            XCTAssertEqual(try marks(folder), ["acme"])

            let tray = Tray()
            try serving(folder, tray) { host, _ in
                _ = tray.messages(atLeast: 2)
                XCTAssertEqual(host.openCount, 1)
            }

            XCTAssertEqual(try states(folder), ["sent", "sent"])
            XCTAssertEqual(try marks(folder), [])
        }
    }

    func testAMailThatWasBeingSentWhenTheDaemonDiedIsUncertainAndTheOthersLeave() throws {
        try withTemporaryDirectory { folder in
            try serving(folder, nil) { host, tenant in
                try queue(tenant, host, subject: "First")
                try queue(tenant, host, subject: "Second")
                let occasion = occasion(tenant, host)
                _ = try tenant.writeAndWait { try OutboxWriter($0, occasion).turn() }
            }

            let tray = Tray()
            try serving(folder, tray) { _, _ in
                _ = tray.messages(atLeast: 1)
            }

            XCTAssertTrue(tray.messages[0].contains("Subject: Second\n"))
            XCTAssertEqual(tray.messages.count, 1)
            XCTAssertEqual(try states(folder), ["uncertain", "sent"])
        }
    }

    func testAMailOfWhichTheMailSystemSaysNothingClearIsUncertainAndNotSentAgain() throws {
        try withTemporaryDirectory { folder in
            let tray = Tray(.uncertain(reason: "the mail program was ended after 60 s"))
            try serving(folder, tray) { host, tenant in
                try queue(tenant, host)
                try queue(tenant, host)
                _ = tray.messages(atLeast: 2)
            }

            XCTAssertEqual(try states(folder), ["uncertain", "sent"])
        }
    }

    func testMailIsHeldUntilTheShopHasAnAddressAndWhileTheTenantIsSuspended() throws {
        try withTemporaryDirectory { folder in
            let tray = Tray()
            try serving(folder, tray) { host, tenant in
                try host.configure(tenant) { $0.settings["mail.from"] = nil }
                try queue(tenant, host)
                try host.configure(tenant) { $0.isSuspended = true }
                try host.configure(tenant) { $0.settings["mail.from"] = "shop@acme.example" }
            }
            XCTAssertEqual(tray.messages, [])
            XCTAssertEqual(try states(folder), ["held"])
            XCTAssertEqual(try marks(folder), ["acme"])

            try serving(folder, tray) { host, tenant in
                try host.configure(tenant) { $0.isSuspended = false }
                _ = tray.messages(atLeast: 1)
            }

            XCTAssertEqual(try states(folder), ["sent"])
        }
    }

    func testAMarkOfATenantThatIsNoMoreGoes() throws {
        try withTemporaryDirectory { folder in
            try FileManager.default.createDirectory(atPath: "\(folder)/.mail", withIntermediateDirectories: true)
            _ = FileManager.default.createFile(atPath: "\(folder)/.mail/gone", contents: nil)
            let tray = Tray()

            try serving(folder, tray) { host, tenant in
                try queue(tenant, host)
                _ = tray.messages(atLeast: 1)
            }

            XCTAssertEqual(try marks(folder), [])
        }
    }

    func testManyTenantsMailsLeaveEachOnce() throws {
        try withTemporaryDirectory { folder in
            let tray = Tray()
            try serving(folder, tray) { host, _ in
                for number in 0..<12 {
                    var configuration = Street.configuration
                    configuration.settings = ["mail.from": "shop@t\(number).example"]
                    let name = try XCTUnwrap(TenantName("t\(number)"))
                    let tenant = try host.create(name, configuration)
                    for mail in 0..<25 { try queue(tenant, host, subject: "\(number)-\(mail)") }
                }
                _ = tray.messages(atLeast: 300)
            }

            XCTAssertEqual(Set(tray.messages.map(messageID)).count, 300)
            XCTAssertEqual(tray.messages.count, 300)
            XCTAssertEqual(try marks(folder), [])
        }
    }

    /// Runs a body with a host that sends to `tray` (nil: nowhere) and a tenant with an address, and closes it.
    private func serving(
        _ folder: String, _ tray: Tray?, _ alarm: Alarm = Alarm(), _ body: (Hosting.Host, Tenant) throws -> Void
    ) throws {
        let host = try Hosting.Host(
            directory: folder, channels: ChannelCatalog([CompiledSource(Kiosk.self)]), threads: 2,
            now: { Instant(seconds: alarm.now) })
        defer { host.close() }
        let name = try XCTUnwrap(TenantName("acme"))
        var configuration = Street.configuration
        configuration.settings = ["mail.from": "shop@acme.example", "mail.reply": "reply+{token}@acme.example"]
        if !FileManager.default.fileExists(atPath: "\(folder)/acme") { _ = try host.create(name, configuration) }
        if let tray { host.startMail(via: tray) { seconds, _ in alarm.set(seconds) } }
        try body(host, try host.tenant(name))
    }

    private func occasion(_ tenant: Tenant, _ host: Hosting.Host) -> Occasion {
        Occasion(shop: tenant.profile.shop, at: host.now(), actor: .system)
    }

    private func queue(
        _ tenant: Tenant, _ host: Hosting.Host, subject: String = "News", fails: Bool = false
    ) throws {
        let occasion = occasion(tenant, host)
        let mail = OutgoingMail(
            .message, to: try EmailAddress(parsing: "ann@example.org"), of: nil, subject: subject, text: "Hello")
        try tenant.writeAndWait { transaction in
            try OutboxWriter(transaction, occasion).queue(mail)
            if fails { throw CustomerError.denied(publicReason: nil) }
        }
    }

    /// The states of a tenant's mails, oldest first, as they are on disk.
    private func states(_ folder: String) throws -> [String] {
        try Database(path: "\(folder)/acme/registry.sqlite", migrations: RegistrySchema.migrations)
            .read { try $0.all("SELECT state FROM mail ORDER BY id") { $0.text(0) } }
    }

    private func marks(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "\(folder)/.mail").sorted()
    }

    private func messageID(_ message: String) -> String {
        message.split(separator: "\n").first { $0.hasPrefix("Message-ID:") }.map { String($0) } ?? ""
    }
}
