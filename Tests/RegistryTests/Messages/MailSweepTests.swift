import Registry
import Storage
import TestSupport
import XCTest

final class MailSweepTests: XCTestCase {
    private static let day: Int64 = 86_400

    private func sweep(_ book: Book) throws -> Int {
        try book.write { try MailSweep($0, book.occasion).run() }
    }

    /// Queues a mail that belongs to no conversation.
    private func queue(_ book: Book, kind: MailKind = .signIn, secrets: [String] = []) throws -> MailID {
        var mail = OutgoingMail(
            kind, to: try EmailAddress(parsing: "ann@example.org"), of: nil, subject: "News", text: "Hello AB12")
        mail.secrets = secrets
        return try book.queue(mail)
    }

    /// Hands the next mail over, and notes what became of it.
    private func send(_ book: Book, _ outcome: MailOutcome = .sent) throws {
        try book.settle(XCTUnwrap(book.turn().departing), outcome)
    }

    func testAMailIsDeletedSoManyDaysAfterItWasSentAndItsIdIsNotGivenOutAgain() throws {
        let book = try Book().withMail()
        let id = try queue(book, secrets: ["AB12"])
        try send(book)

        XCTAssertEqual(try sweep(book.after(seconds: 90 * Self.day)), 0)
        XCTAssertEqual(try book.mail(id).text, "Hello …")
        XCTAssertEqual(try sweep(book.after(seconds: 90 * Self.day + 1)), 1)

        assertThrows(MessageError.noMail) { try book.mail(id) }
        XCTAssertEqual(try queue(book).rawValue, id.rawValue + 1)
    }

    func testWhatMayStillGoOutStaysAndSoDoesEverythingWhereMailsAreKeptForEver() throws {
        let book = try Book().withMail()
        let failed = try queue(book, secrets: ["AB12"])
        try send(book, .refused("no such user"))
        let uncertain = try queue(book)
        try send(book, .unknown("it ended"))
        let held = try queue(book)
        try book.write { transaction in
            try transaction.execute(
                "UPDATE mail SET state = 'held', next_attempt_at = NULL WHERE id = ?", .integer(held.rawValue))
        }
        let queued = try queue(book)

        XCTAssertEqual(try sweep(book.after(seconds: 999 * Self.day)), 0)
        XCTAssertEqual(try book.outbox(), [queued, held, uncertain, failed])
        XCTAssertEqual(try book.mail(failed).text, "Hello AB12")

        let later = book.after(seconds: 999 * Self.day)
        for id in [failed, uncertain, held, queued] {
            _ = try later.write { try OutboxWriter($0, later.occasion).cancel(id) }
        }
        XCTAssertEqual(try sweep(later), 0)
        let muchLater = book.after(seconds: 1_999 * Self.day)
        XCTAssertEqual(try sweep(muchLater.under { $0.mail.keptDays = nil }), 0)
        XCTAssertEqual(try sweep(muchLater.under { $0.mail.keptDays = .max }), 0)
        XCTAssertEqual(try sweep(muchLater), 4)
    }

    func testAConversationKeepsWhatBecameOfItsMessages() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let message = try book.write {
            try ThreadWriter($0, book.occasion).send("Hello", to: ann, subject: "News", in: nil)
        }
        try send(book)

        XCTAssertEqual(try sweep(book.after(seconds: 999 * Self.day)), 0)

        XCTAssertEqual(try book.read { try ThreadReader($0).message(message.id) }.mailState, .sent)
    }

    func testAMailingsCountsStayRightAndOneThatIsStillBeingQueuedKeepsItsMails() throws {
        let book = try Book().withMail()
        let customers = try ["ann", "bo", "cy"].map { (name: String) in
            try book.create(name: name, email: "\(name)@example.org")
        }
        for customer in customers { try book.consent(customer, isGranted: true) }
        let mailing = try book.write { transaction in
            let writer = MailingWriter(transaction, book.occasion)
            let mailing = try writer.begin(subject: "News", text: "Hello", key: nil).mailing
            _ = try writer.queue(mailing, to: customers)
            return mailing
        }
        for outcome in [MailOutcome.sent, .sent, .refused("no such user")] { try send(book, outcome) }
        let later = book.after(seconds: 91 * Self.day)
        let entries = try book.timeline().count

        XCTAssertEqual(try sweep(later), 0)
        let finished = try book.write { try MailingWriter($0, book.occasion).finish(mailing.id) }
        XCTAssertEqual(try sweep(later), 2)

        let counts = try book.read { try MailingReader($0).counts(of: mailing.id) }
        XCTAssertEqual(counts.map(\.state), ["failed", "sent"])
        XCTAssertEqual(counts.map(\.mails), [1, 2])
        XCTAssertEqual(finished.progress(counts), .done)
        XCTAssertEqual(try book.outbox().count, 1)
        XCTAssertEqual(try book.timeline().count, entries)
        XCTAssertEqual(try sweep(later), 0)
    }

    func testManyAreDeletedAThousandAtATime() throws {
        let book = try Book().withMail()
        for _ in 1...1_001 { _ = try queue(book) }
        try book.write { try $0.execute("UPDATE mail SET state = 'sent', next_attempt_at = NULL") }
        let later = book.after(seconds: 91 * Self.day)

        XCTAssertEqual(try sweep(later), MailSweep.limit)
        XCTAssertEqual(try sweep(later), 1)
    }
}
