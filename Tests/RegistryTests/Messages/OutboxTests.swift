import Foundation
import Registry
import Storage
import TestSupport
import XCTest

final class OutboxTests: XCTestCase {
    func testAQueuedMailWaitsToBeSentFromTheShopsAddress() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "Ann@Example.org")

        let id = try book.queue(book.mail(to: ann, at: "Ann@Example.org"))

        let mail = try book.mail(id)
        XCTAssertEqual(mail.state, .queued)
        XCTAssertEqual(mail.recipient.spelling, "Ann@Example.org")
        XCTAssertEqual(mail.customer, ann)
        XCTAssertEqual(mail.nextAttemptAt, Book.now)
        XCTAssertEqual(mail.messageID.split(separator: "@").map(\.count), [32, 12])
    }

    func testWithoutAnAddressOfTheShopMailIsHeldAndGoesOutOnceThereIsOne() throws {
        let book = try Book()
        let id = try book.queue(book.mail())

        XCTAssertEqual(try book.mail(id).state, .held)
        XCTAssertEqual(try book.turn(), .held)

        guard case .send(let departure) = try book.withMail().turn() else { return XCTFail("nothing was sent") }
        XCTAssertEqual(departure.mail.id, id)
        XCTAssertEqual(departure.mail.state, .sending)
        XCTAssertEqual(departure.from.spelling, Book.sender)
        XCTAssertEqual(departure.name, book.occasion.shop.title)
        XCTAssertTrue(departure.mail.messageID.hasSuffix("@acme.example"))
    }

    func testMailThatWaitsIsHeldWhenTheShopLosesItsAddress() throws {
        let book = try Book()
        let id = try book.withMail().queue(book.mail())

        XCTAssertEqual(try book.turn(), .held)
        XCTAssertEqual(try book.mail(id).state, .held)
    }

    func testASentMailIsSentOnceAndLosesItsSecrets() throws {
        let book = try Book().withMail()
        var mail = try book.mail(text: "Sign in: https://x.example/s3cret or 123456")
        mail.secrets = ["s3cret", "123456"]
        let id = try book.queue(mail)

        XCTAssertEqual(try book.turn().departing, id)
        XCTAssertEqual(try book.mail(id).text, mail.text)
        try book.settle(id, .sent)

        XCTAssertEqual(try book.mail(id).state, .sent)
        XCTAssertEqual(try book.mail(id).text, "Sign in: https://x.example/… or …")
        XCTAssertEqual(try book.turn(), .nothing)
        assertThrows(MessageError.notWaiting(.sent)) {
            try book.write { _ = try OutboxWriter($0, book.occasion).retry(id) }
        }
        assertThrows(MessageError.notWaiting(.sent)) {
            try book.write { _ = try OutboxWriter($0, book.occasion).cancel(id) }
        }
    }

    func testAMailThatIsNotTakenIsTriedAgainLaterAndLaterAndThenFails() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let id = try book.queue(book.mail(to: ann))
        var now = book
        var pauses: [Int64] = []

        for _ in 0..<8 {
            XCTAssertEqual(try now.turn().departing, id)
            try now.settle(id, .postponed("451 try <ann@example.org> later"))
            let next = try XCTUnwrap(try book.mail(id).nextAttemptAt)
            XCTAssertEqual(try now.turn(), .wait(until: next))
            pauses.append(next.seconds - now.occasion.at.seconds)
            now.occasion.at = next
        }
        XCTAssertEqual(try now.turn().departing, id)
        try now.settle(id, .postponed("451 later"))

        for (pause, delay) in zip(pauses, [60, 300, 900, 3_600, 10_800, 21_600, 43_200, 86_400] as [Int64]) {
            XCTAssertTrue((delay...delay * 6 / 5).contains(pause), "\(pause)")
        }
        XCTAssertEqual(try book.mail(id).state, .failed)
        XCTAssertEqual(try book.mail(id).attempts, 9)
        XCTAssertEqual(try now.turn(), .nothing)
        XCTAssertEqual(try book.timeline().map(\.topic), ["customer.created", "message.failed"])
    }

    func testWhyAMailFailedIsToldWithoutAnybodysAddress() throws {
        let book = try Book().withMail()
        let id = try book.queue(book.mail())
        _ = try book.turn()

        try book.settle(id, .refused("550 <ann@example.org>:\n user unknown"))

        XCTAssertEqual(try book.mail(id).error, "550 … user unknown")
        XCTAssertEqual(try book.mail(id).state, .failed)
    }

    func testAFailedMailCanBeSentAgainByHandWithItsSecrets() throws {
        let book = try Book().withMail()
        var mail = try book.mail(text: "Sign in: s3cret")
        mail.secrets = ["s3cret"]
        let id = try book.queue(mail)
        _ = try book.turn()
        try book.settle(id, .refused("550"))

        let again = try book.write { try OutboxWriter($0, book.occasion).retry(id) }

        XCTAssertEqual(again.state, .queued)
        XCTAssertEqual(again.attempts, 0)
        guard case .send(let departure) = try book.turn() else { return XCTFail("nothing was sent") }
        XCTAssertEqual(departure.mail.text, "Sign in: s3cret")
    }

    func testAMailLeftByADaemonThatEndedIsUncertainAndNotSentAgainByItself() throws {
        let book = try Book().withMail()
        let first = try book.queue(book.mail())
        XCTAssertEqual(try book.turn().departing, first)

        XCTAssertEqual(try book.turn(), .nothing)

        XCTAssertEqual(try book.mail(first).state, .uncertain)
        try book.settle(first, .sent)
        XCTAssertEqual(try book.mail(first).state, .uncertain)
        let again = try book.write { try OutboxWriter($0, book.occasion).retry(first) }
        XCTAssertEqual(try book.turn().departing, first)
        XCTAssertEqual(try book.mail(first).messageID, again.messageID)
    }

    func testAMailErasedWhileItIsSentNeedsNoNote() throws {
        let book = try Book().withMail()
        let id = try book.queue(book.mail())
        _ = try book.turn()
        try book.write { try $0.execute("DELETE FROM mail") }

        XCTAssertNoThrow(try book.settle(id, .sent))
    }

    func testAWithdrawnMailIsNotSentAndLosesItsSecrets() throws {
        let book = try Book().withMail()
        var mail = try book.mail(text: "Sign in: s3cret")
        mail.secrets = ["s3cret"]
        let id = try book.queue(mail)

        let cancelled = try book.write { try OutboxWriter($0, book.occasion).cancel(id) }

        XCTAssertEqual(cancelled.state, .cancelled)
        XCTAssertEqual(cancelled.text, "Sign in: …")
        XCTAssertEqual(try book.turn(), .nothing)
        assertThrows(MessageError.notWaiting(.cancelled)) {
            try book.write { _ = try OutboxWriter($0, book.occasion).retry(id) }
        }
    }

    func testMarketingNeedsConsentWhenItIsQueuedAndWhenItIsSent() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let mail = try book.mail(to: ann, purpose: .marketing)

        assertThrows(MessageError.notSubscribed) { try book.queue(mail) }
        assertThrows(MessageError.notSubscribed) { try book.queue(try book.mail(purpose: .marketing)) }
        try book.consent(ann, isGranted: true)
        let first = try book.queue(mail)
        let second = try book.queue(mail)
        XCTAssertEqual(try book.turn().departing, first)
        try book.settle(first, .sent)
        try book.consent(ann, isGranted: false)

        XCTAssertEqual(try book.turn(), .nothing)
        XCTAssertEqual(try book.mail(second).state, .cancelled)
        XCTAssertEqual(try book.mail(second).error, "the customer no longer agrees to get the newsletter")
    }

    func testServiceGoesBeforeMarketing() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        try book.consent(ann, isGranted: true)
        try book.queue(book.mail(to: ann, purpose: .marketing))
        let service = try book.queue(book.mail(to: ann))

        XCTAssertEqual(try book.turn().departing, service)
    }

    func testNoMoreMailsLeaveInAnHourThanTheShopMaySend() throws {
        let book = try Book().withMail(perHour: 3)
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        try book.consent(ann, isGranted: true)
        for _ in 0..<3 { try book.queue(book.mail(to: ann, purpose: .marketing)) }
        for _ in 0..<2 { try send(book) }

        let nextHour = Instant(seconds: Book.now.seconds + 3_600)
        XCTAssertEqual(try book.turn(), .wait(until: nextHour))
        try book.queue(book.mail(to: ann))
        try send(book.after(seconds: 1))
        try book.queue(book.mail(to: ann))

        XCTAssertEqual(try book.after(seconds: 2).turn(), .wait(until: nextHour))
        XCTAssertNotNil(try book.after(seconds: 3_600).turn().departing)
    }

    func testWhatCannotBeSentIsRefused() throws {
        let book = try Book().withMail()
        var mail = try book.mail()
        for subject in [
            "", "  ", "a\nBcc: b@example.org", "a\rb", "a\u{85}b", "a\u{2028}b", String(repeating: "x", count: 401),
        ] {
            mail.subject = subject
            assertThrows(MessageError.badSubject) { try book.queue(mail) }
        }
        mail.subject = "Grüße 🌷"
        mail.text = " \n"
        assertThrows(MessageError.blank) { try book.queue(mail) }
        mail.text = "x"
        mail.customer = CustomerID(rawValue: 99)
        assertThrows(CustomerError.notFound) { try book.queue(mail) }
        XCTAssertEqual(try book.outbox(), [])
    }

    func testTheOutboxIsListedNewestFirstByStateKindAndCustomer() throws {
        let book = try Book().withMail()
        let ann = try book.create(name: "Ann", email: "ann@example.org")
        let test = try book.create(name: "Test", email: "test@example.org", isTest: true)
        let first = try book.queue(book.mail(to: ann))
        let second = try book.queue(book.mail(to: test))
        try send(book)

        XCTAssertEqual(try book.outbox(), [second, first])
        XCTAssertEqual(try book.outbox(state: .sent), [first])
        XCTAssertEqual(try book.outbox(state: .queued, kind: .message), [second])
        XCTAssertEqual(try book.outbox(kind: .bulk), [])
        XCTAssertEqual(try book.outbox(state: .sent, customer: ann), [first])
        XCTAssertEqual(try book.outbox(kind: .bulk, customer: ann), [])
        XCTAssertTrue(try book.mail(second).isTest)
        assertThrows(MessageError.noMail) { _ = try book.mail(MailID(rawValue: 99)) }
    }

    func testAQueuedMailRingsForWhoeverSendsIt() throws {
        let book = try Book().withMail()
        let mail = try book.mail()

        XCTAssertTrue(
            try book.write { transaction in
                try OutboxWriter(transaction, book.occasion).queue(mail)
                return transaction.isRung
            })
        XCTAssertFalse(try book.write { $0.isRung })
    }

    private func send(_ book: Book) throws {
        try book.settle(try XCTUnwrap(try book.turn().departing), .sent)
    }
}
