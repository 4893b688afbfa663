import Registry
import StrictJSON
import XCTest

final class ConsentTests: XCTestCase {
    private func record(
        _ purpose: ConsentPurpose, _ isGranted: Bool, wording: String? = nil, of customer: CustomerID,
        channel: String? = nil, in book: Book
    ) throws {
        let statement = ConsentStatement(purpose: purpose, isGranted: isGranted, wording: wording)
        try book.write { try ConsentWriter($0, book.occasion).record(statement, by: customer, channel: channel) }
    }

    func testTheEvidenceGrowsAndTheStateIsTheLastWord() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        XCTAssertEqual(try book.customer(anna).consent, [])
        XCTAssertFalse(try book.customer(anna).isSubscribed)

        try record(.newsletter, true, wording: "v1", of: anna, in: book.after(seconds: 1))
        try record(.newsletter, true, wording: "v2", of: anna, channel: "shop", in: book.after(seconds: 2))
        XCTAssertTrue(try book.customer(anna).isSubscribed)
        try record(.newsletter, false, of: anna, in: book.after(seconds: 3))
        try record(.sms, true, of: anna, in: book.after(seconds: 4))

        let states = try book.customer(anna).consent
        XCTAssertEqual(states.map(\.purpose), [.newsletter, .sms])
        XCTAssertEqual(states.map(\.status), [.unsubscribed, .subscribed])
        XCTAssertEqual(states.map { $0.changedAt.seconds - Book.now.seconds }, [3, 4])
        XCTAssertFalse(try book.customer(anna).isSubscribed)
        let evidence = try book.read { try ConsentReader($0).evidence(of: anna) }
        XCTAssertEqual(evidence.map(\.status), ["subscribed", "subscribed", "unsubscribed", "subscribed"])
        XCTAssertEqual(evidence.map(\.wording), ["v1", "v2", nil, nil])
        XCTAssertEqual(evidence.map(\.channel), [nil, "shop", nil, nil])
        XCTAssertEqual(evidence.map(\.actor), Array(repeating: "staff:lena", count: 4))
        XCTAssertEqual(evidence.map { $0.at.seconds - Book.now.seconds }, [1, 2, 3, 4])
    }

    func testSayingTheSameAgainDoesNotMoveTheDateOfTheState() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        try record(.post, true, of: anna, in: book.after(seconds: 1))
        try record(.post, true, of: anna, in: book.after(seconds: 2))

        XCTAssertEqual(try book.customer(anna).consent.map { $0.changedAt.seconds - Book.now.seconds }, [1])
    }

    func testConsentOfACheckoutNamesItsOrder() throws {
        let book = try Book()
        var draft = try OrderDraft.sale(1, to: book.buyer(name: "Anna"))
        draft.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: "v3")]

        let registration = try book.register(draft)

        let anna = try XCTUnwrap(registration.match.customer)
        let evidence = try book.read { try ConsentReader($0).evidence(of: anna) }
        XCTAssertEqual(evidence.map(\.order), [registration.order])
        XCTAssertEqual(evidence.map(\.channel), ["shop"])
        let entry = try XCTUnwrap(book.timeline().last)
        XCTAssertEqual(entry.topic, "consent.subscribed")
        XCTAssertEqual(entry.data.text, #"{"purpose":"newsletter","wording":"v3","channel":"shop"}"#)
    }

    func testConsentWithoutACustomerIsNobodys() throws {
        let book = try Book()
        var draft = try OrderDraft.sale(1)
        draft.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)]

        _ = try book.register(draft)

        XCTAssertEqual(try book.timeline().map(\.topic), ["order.registered"])
    }
}
