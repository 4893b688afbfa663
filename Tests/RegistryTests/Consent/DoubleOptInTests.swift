import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class DoubleOptInTests: XCTestCase {
    private func shop() throws -> Book {
        try Book().under {
            $0.doubleOptIn = true
            $0.mail.link = "https://shop.example/{action}?t={token}"
        }
    }

    private func subscribe(
        _ customer: CustomerID, _ purpose: ConsentPurpose = .newsletter, origin: ConsentOrigin? = nil, in book: Book
    ) throws {
        let statement = ConsentStatement(purpose: purpose, isGranted: true, wording: "v1")
        try book.write {
            try ConsentWriter($0, book.occasion).record(statement, by: customer, origin: origin, channel: nil)
        }
    }

    private func object(_ customer: CustomerID, in book: Book) throws {
        let statement = ConsentStatement(purpose: .newsletter, isGranted: false, wording: nil)
        try book.write { try ConsentWriter($0, book.occasion).record(statement, by: customer, channel: nil) }
    }

    private func status(_ customer: CustomerID, in book: Book) throws -> ConsentStatus? {
        try book.customer(customer).consent.first { $0.purpose == .newsletter }?.status
    }

    private func mails(in book: Book) throws -> [Mail] {
        try book.read { try OutboxReader($0).mails(OutboxReader.Query(), before: .max, limit: 100) }
    }

    private func token(in mail: Mail?) throws -> TokenSecret {
        let text = try XCTUnwrap(mail?.text.split(separator: "?t=").last?.split(separator: "\n").first)
        return try XCTUnwrap(TokenSecret(parsing: String(text)))
    }

    private func confirm(_ secret: TokenSecret, in book: Book) throws {
        try book.write { _ = try ConsentWriter($0, book.occasion).confirm(secret) }
    }

    func testASubscriptionWaitsForItsConfirmationAndOneMailAsksForIt() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "Anna@example.org")

        try subscribe(anna, in: book)
        try subscribe(anna, in: book.after(seconds: 5))

        XCTAssertEqual(try status(anna, in: book), .pending)
        XCTAssertFalse(try book.customer(anna).isSubscribed)
        let mails = try mails(in: book)
        XCTAssertEqual(mails.map(\.recipient.spelling), ["Anna@example.org"])
        XCTAssertEqual(mails.map(\.purpose), [.service])
        XCTAssertEqual(mails.map(\.subject), ["Bitte bestätigen Sie Ihre Anmeldung bei Acme"])

        try confirm(token(in: mails.first), in: book.after(seconds: 60))
        XCTAssertEqual(try status(anna, in: book), .subscribed)
        let evidence = try book.read { try ConsentReader($0).evidence(of: anna) }
        XCTAssertEqual(evidence.map(\.status), ["pending", "pending", "subscribed"])
        XCTAssertEqual(evidence.map(\.wording), ["v1", "v1", "v1"])
        XCTAssertEqual(evidence.map(\.origin), ["staff", "staff", "person"])
        assertThrows(TicketError.used) { try confirm(token(in: mails.first), in: book.after(seconds: 61)) }
    }

    func testAPendingAddressIsNeverSentMarketing() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try subscribe(anna, in: book)

        assertThrows(MessageError.notSubscribed) {
            try book.write { transaction in
                var mail = OutgoingMail(
                    .bulk, to: try EmailAddress(parsing: "anna@example.org"), of: anna, subject: "News", text: "News")
                mail.purpose = .marketing
                try OutboxWriter(transaction, book.occasion).queue(mail)
            }
        }
    }

    func testTheMailSpeaksTheCustomersLanguage() throws {
        let book = try shop()
        for (language, word) in [("tr", "onaylayın"), ("de-AT", "bestätigen"), ("en", "confirm"), (nil, "bestätigen")] {
            let name = "c\(language ?? "none")"
            let customer = try book.create(name: name, email: "\(name)@example.org")
            try book.update(customer) {
                try $0.set(.language, to: language, country: book.occasion.shop.country)
            }
            try subscribe(customer, in: book)
            let mail = try XCTUnwrap(mails(in: book).first)
            XCTAssertTrue(mail.subject.contains(word), mail.subject)
            XCTAssertTrue(mail.text.contains("https://shop.example/confirm?t=acme."), mail.text)
        }
    }

    func testNobodyFloodsAnAddressByAskingInItsName() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        for hour in 0..<48 as Range<Int64> {
            let now = book.after(seconds: hour * 3_600)
            try subscribe(anna, origin: .person, in: now)
            try object(anna, in: now)
        }
        XCTAssertEqual(try mails(in: book).count, 6)
        for day in 2..<25 as Range<Int64> {
            try subscribe(anna, origin: .person, in: book.after(seconds: day * 86_400))
        }
        XCTAssertEqual(try mails(in: book).count, 10)
    }

    func testAnObjectionTakesTheQuestionBack() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try subscribe(anna, in: book)
        let secret = try token(in: mails(in: book).first)

        try object(anna, in: book.after(seconds: 5))

        assertThrows(TicketError.used) { try confirm(secret, in: book.after(seconds: 6)) }
        XCTAssertEqual(try status(anna, in: book), .unsubscribed)
    }

    func testAQuestionToAnotherAddressCannotBeAnsweredAnyMore() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try subscribe(anna, in: book)
        let secret = try token(in: mails(in: book).first)

        try book.update(anna) { try $0.set(.email, to: "new@example.org", country: book.occasion.shop.country) }

        assertThrows(TicketError.used) { try confirm(secret, in: book) }
        XCTAssertEqual(try status(anna, in: book), .pending)
    }

    func testAfterAnObjectionOnlyTheConfirmationLiftsTheSuppression() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try object(anna, in: book)
        let suppressed = { @Sendable in
            try book.read { try SuppressionReader($0).suppressions(of: [.email("anna@example.org")]).count }
        }

        try subscribe(anna, origin: .checkout, in: book.after(seconds: 5))
        XCTAssertEqual(try status(anna, in: book), .pending)
        XCTAssertEqual(try suppressed(), 1)
        try confirm(token(in: mails(in: book).first), in: book.after(seconds: 9))
        XCTAssertEqual(try status(anna, in: book), .subscribed)
        XCTAssertEqual(try suppressed(), 0)
    }

    func testAnImportAsksNobodyAndOtherPurposesNeedNoMail() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")

        try subscribe(anna, origin: .import, in: book)
        try subscribe(anna, .post, in: book)

        XCTAssertEqual(try book.customer(anna).consent.map(\.status), [.pending, .subscribed])
        XCTAssertEqual(try mails(in: book), [])
    }

    func testWhoeverIsSubscribedStaysSo() throws {
        let before = try Book()
        let anna = try before.create(name: "Anna", email: "anna@example.org")
        try subscribe(anna, in: before)

        let book = before.under { $0.doubleOptIn = true }
        try subscribe(anna, in: book)

        XCTAssertEqual(try status(anna, in: book), .subscribed)
        XCTAssertEqual(try mails(in: book), [])
    }

    func testStaffConfirmWhatTheyHaveInWriting() throws {
        let book = try shop()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        let statement = ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil, note: "letter of 3 May")
        assertThrows(ConsentError.notPending) {
            try book.write { try ConsentWriter($0, book.occasion).confirm(statement, by: anna) }
        }
        try subscribe(anna, in: book)

        try book.write { try ConsentWriter($0, book.occasion).confirm(statement, by: anna) }

        XCTAssertEqual(try status(anna, in: book), .subscribed)
        XCTAssertEqual(
            try book.read { try ConsentReader($0).evidence(of: anna) }.map(\.note), [nil, "letter of 3 May"])
    }
}
