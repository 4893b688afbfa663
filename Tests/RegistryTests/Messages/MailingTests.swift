import Foundation
import Registry
import Storage
import TestSupport
import XCTest

final class MailingTests: XCTestCase {
    /// A shop that may send newsletters, with five customers of whom only Ann and Bo agreed.
    private struct Circle {
        let book: Book
        let ann: CustomerID
        let bo: CustomerID
        let all: [CustomerID]

        init() throws {
            book = try Book().withMail()
            ann = try book.create(name: "Ann", email: "ann@example.org")
            bo = try book.create(name: "Bo", email: "bo@example.org")
            let never = try book.create(name: "Cy", email: "cy@example.org")
            let objected = try book.create(name: "Di", email: "di@example.org")
            let unreachable = try book.create(name: "Ed", phone: "01711234567")
            let test = try book.create(name: "Test", email: "test@example.org", isTest: true)
            all = [ann, bo, never, objected, unreachable, test]
            for customer in [ann, bo, objected, unreachable, test] { try book.consent(customer, isGranted: true) }
            try book.consent(objected, isGranted: false)
        }

        func begin(key: String? = nil, text: String = "Hello") throws -> Mailing {
            try book.write { try MailingWriter($0, book.occasion).begin(subject: "News", text: text, key: key).mailing }
        }

        func queue(_ mailing: Mailing) throws -> Int {
            try book.write { try MailingWriter($0, book.occasion).queue(mailing, to: all) }
        }

        func counts(_ mailing: Mailing) throws -> [String: Int64] {
            try book.read { transaction in
                let counts = try MailingReader(transaction).counts(of: mailing.id)
                return Dictionary(uniqueKeysWithValues: counts.map { ($0.state, $0.mails) })
            }
        }
    }

    func testAPreviewTellsWhomAMailingReachesAndWhyNotTheOthers() throws {
        let circle = try Circle()

        let audience = try circle.book.read { try MailingReader($0).audience(of: circle.all) }

        XCTAssertEqual(audience.recipients, [circle.ann, circle.bo])
        XCTAssertEqual(audience.withoutConsent, 1)
        XCTAssertEqual(audience.objected, 1)
        XCTAssertEqual(audience.withoutAddress, 1)
        XCTAssertEqual(audience.tests, 1)
    }

    func testAMailingReachesEachOfThoseWhoAgreedOnceHoweverOftenItIsRepeated() throws {
        let circle = try Circle()
        let mailing = try circle.begin(key: "k")

        XCTAssertEqual(try circle.queue(mailing), 2)
        XCTAssertEqual(try circle.begin(key: "k"), mailing)
        XCTAssertEqual(try circle.queue(mailing), 0)
        let finished = try circle.book.write { try MailingWriter($0, circle.book.occasion).finish(mailing.id) }

        XCTAssertEqual(finished.state, .queued)
        XCTAssertEqual(try circle.counts(mailing), ["queued": 2])
        XCTAssertEqual(try circle.queue(mailing), 0)
        assertThrows(MessageError.mailingDiffers) { try circle.begin(key: "k", text: "Other") }
        XCTAssertEqual(try circle.book.timeline().count { $0.topic == "message.sent" }, 2)
    }

    func testANewsletterCarriesItsTextAndOneClickToUnsubscribeInTheCustomersLanguage() throws {
        let circle = try Circle()
        let book = circle.book
        try book.update(circle.ann) { $0.language = "tr" }
        _ = try circle.queue(circle.begin())

        guard case .send(let departure) = try book.turn() else { return XCTFail("nothing was sent") }

        let link = try XCTUnwrap(departure.unsubscribeLink)
        XCTAssertTrue(link.hasPrefix("https://acme.example/unsubscribe/acme."), link)
        XCTAssertTrue(departure.text.hasPrefix("Hello\n\n--\nBu e-postayı "), departure.text)
        XCTAssertTrue(departure.text.hasSuffix("\n\(link)\n"))
        XCTAssertEqual(departure.mail.text, "Hello")
        XCTAssertTrue(departure.isAutomatic)
        let token = try XCTUnwrap(link.split(separator: "/").last.flatMap { TokenSecret(parsing: String($0)) })
        _ = try book.write { try ConsentWriter($0, book.occasion).unsubscribe(token) }
        XCTAssertFalse(try book.customer(circle.ann).isSubscribed)
    }

    func testWhatHasNotGoneOutOfACancelledMailingDoesNotGoOut() throws {
        let circle = try Circle()
        let book = circle.book
        let mailing = try circle.begin()
        _ = try circle.queue(mailing)
        try book.settle(try XCTUnwrap(book.turn().departing), .sent)

        XCTAssertEqual(try book.write { try MailingWriter($0, book.occasion).cancel(mailing.id, limit: 10) }, 1)
        XCTAssertEqual(try book.write { try MailingWriter($0, book.occasion).cancel(mailing.id, limit: 10) }, 0)

        XCTAssertEqual(try circle.counts(mailing), ["cancelled": 1, "sent": 1])
        XCTAssertEqual(try book.turn(), .nothing)
        assertThrows(MessageError.mailingCancelled) { try circle.queue(mailing) }
    }

    func testAnAddressThatChangedSinceGetsNothing() throws {
        let circle = try Circle()
        let book = circle.book
        _ = try circle.queue(circle.begin())
        let other = try EmailAddress(parsing: "new@example.org")
        try book.update(circle.ann) { $0.email = other }

        XCTAssertEqual(try book.mail(try XCTUnwrap(book.turn().departing)).customer, circle.bo)
        XCTAssertEqual(try book.outbox(state: .cancelled).count, 1)
    }

    func testAMailingNeedsAPageToUnsubscribe() throws {
        let circle = try Circle()
        let book = circle.book.under { $0.mail.link = nil }

        assertThrows(MessageError.noUnsubscribePage) {
            try book.write { try MailingWriter($0, book.occasion).begin(subject: "News", text: "Hello", key: nil) }
        }
        assertThrows(MessageError.badSubject) {
            try circle.book.write {
                try MailingWriter($0, circle.book.occasion).begin(subject: " ", text: "Hello", key: nil)
            }
        }
        assertThrows(MessageError.blank) { try circle.begin(text: " ") }
        assertThrows(MessageError.noMailing) {
            try book.write { try MailingWriter($0, book.occasion).cancel(MailingID(rawValue: 9), limit: 1) }
        }
    }

    func testHowFarAMailingIsFollowsFromItsMails() throws {
        let circle = try Circle()
        func progress() throws -> Mailing.Progress {
            try circle.book.read { transaction in
                let reader = MailingReader(transaction)
                return try reader.mailing(MailingID(rawValue: 1)).progress(reader.counts(of: MailingID(rawValue: 1)))
            }
        }
        let mailing = try circle.begin()
        XCTAssertEqual(try progress(), .queuing)
        _ = try circle.queue(mailing)
        _ = try circle.book.write { try MailingWriter($0, circle.book.occasion).finish(mailing.id) }
        XCTAssertEqual(try progress(), .queued)

        let first = try XCTUnwrap(circle.book.turn().departing)
        XCTAssertEqual(try progress(), .sending)
        try circle.book.settle(first, .sent)
        XCTAssertEqual(try progress(), .sending)
        try circle.book.settle(XCTUnwrap(circle.book.turn().departing), .refused("no such user"))

        XCTAssertEqual(try progress(), .done)
    }
}
