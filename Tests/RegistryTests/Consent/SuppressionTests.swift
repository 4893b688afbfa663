import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

/// Unsubscribed people stay unsubscribed: listmonk #2008, Mailtrain #325, mc-woocommerce #688.
final class SuppressionTests: XCTestCase {
    private func say(
        _ isGranted: Bool, _ purpose: ConsentPurpose = .newsletter, wording: String? = nil,
        origin: ConsentOrigin? = nil, of customer: CustomerID, saidAt: Int64? = nil, in book: Book
    ) throws {
        let statement = ConsentStatement(purpose: purpose, isGranted: isGranted, wording: wording)
        let saidAt = saidAt.map { Instant(seconds: Book.now.seconds + $0) }
        try book.write {
            try ConsentWriter($0, book.occasion).record(
                statement, by: customer, origin: origin, channel: nil, saidAt: saidAt)
        }
    }

    private func status(_ customer: CustomerID, _ purpose: ConsentPurpose = .newsletter, in book: Book) throws
        -> ConsentStatus?
    {
        try book.customer(customer).consent.first { $0.purpose == purpose }?.status
    }

    private func lastEvidence(_ customer: CustomerID, in book: Book) throws -> ConsentEvidence {
        try XCTUnwrap(book.read { try ConsentReader($0).evidence(of: customer) }.last)
    }

    private func sale(_ number: Int64, granted: Bool, placedAt: Int64?, in book: Book) throws -> Registration {
        var draft = try OrderDraft.sale(number, to: book.buyer(name: "Anna", email: "anna@example.org"))
        draft.placedAt = placedAt.map { Instant(seconds: Book.now.seconds + $0) }
        draft.consent = [ConsentStatement(purpose: .newsletter, isGranted: granted, wording: "v1")]
        return try book.register(draft)
    }

    func testAnImportOrAMergeNeverRaisesWhatWasObjectedTo() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try say(false, of: anna, in: book.after(seconds: 1))

        for origin in [ConsentOrigin.import, .merge] {
            try say(true, wording: "v1", origin: origin, of: anna, in: book.after(seconds: 9))

            XCTAssertEqual(try status(anna, in: book), .unsubscribed)
            let evidence = try lastEvidence(anna, in: book)
            XCTAssertEqual(evidence.status, "suppressed")
            XCTAssertEqual(evidence.origin, origin.rawValue)
        }
        XCTAssertEqual(try book.timeline().last?.topic, "consent.suppressed")
    }

    func testAnImportGrantsWhatNobodyObjectedTo() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")

        try say(true, origin: .import, of: anna, in: book)

        XCTAssertEqual(try status(anna, in: book), .subscribed)
    }

    func testAnOlderOrderThatIsSentAgainDoesNotSubscribe() throws {
        let book = try Book()
        let anna = try XCTUnwrap(sale(1, granted: true, placedAt: 10, in: book.after(seconds: 10)).match.customer)
        try say(false, of: anna, in: book.after(seconds: 100))

        for (number, placedAt) in [(2, 20), (3, 100)] as [(Int64, Int64)] {
            _ = try sale(number, granted: true, placedAt: placedAt, in: book.after(seconds: 200))
            XCTAssertEqual(try status(anna, in: book), .unsubscribed)
            let evidence = try lastEvidence(anna, in: book)
            XCTAssertEqual(evidence.status, "suppressed")
            XCTAssertEqual(evidence.saidAt?.seconds, Book.now.seconds + placedAt)
        }
        _ = try sale(4, granted: true, placedAt: 101, in: book.after(seconds: 200))
        XCTAssertEqual(try status(anna, in: book), .subscribed)
    }

    func testACheckoutFromTheFutureIsOfNow() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")

        _ = try sale(1, granted: true, placedAt: 9_999, in: book.after(seconds: 5))

        XCTAssertEqual(try lastEvidence(anna, in: book).saidAt?.seconds, Book.now.seconds + 5)
    }

    func testACheckoutAfterTheObjectionIsANewStatement() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try say(false, of: anna, in: book)

        _ = try sale(1, granted: true, placedAt: nil, in: book)

        XCTAssertEqual(try status(anna, in: book), .subscribed)
        XCTAssertEqual(try suppressions(.email("anna@example.org"), in: book), [])
    }

    func testStaffUndoAnObjectionOnlyWithTheTextThatWasAgreedTo() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try say(false, of: anna, in: book)

        assertThrows(ConsentError.objected(since: Book.now)) {
            try say(true, of: anna, in: book.after(seconds: 9))
        }
        XCTAssertEqual(try status(anna, in: book), .unsubscribed)
        try say(true, wording: "v2", of: anna, in: book.after(seconds: 9))
        XCTAssertEqual(try status(anna, in: book), .subscribed)
        XCTAssertEqual(try suppressions(.email("anna@example.org"), in: book), [])
    }

    func testANewRecordWithAnObjectingContactIsUnsubscribed() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org", phone: "0171 2345678")
        try say(false, of: anna, in: book)
        try say(false, .sms, of: anna, in: book)
        try say(false, .post, of: anna, in: book)
        try book.update(anna) { fields in
            try fields.set(.email, to: nil, country: book.occasion.shop.country)
            try fields.set(.phone, to: nil, country: book.occasion.shop.country)
        }

        let byEmail = try book.create(name: "A", email: "ANNA@example.org")
        let byPhone = try book.create(name: "B", phone: "+49 171 2345678")

        XCTAssertEqual(try book.customer(byEmail).consent.map(\.purpose), [.newsletter, .post])
        XCTAssertEqual(try book.customer(byPhone).consent.map(\.purpose), [.post, .sms])
        XCTAssertEqual(Set(try book.customer(byPhone).consent.map(\.status)), [.unsubscribed])
        let evidence = try lastEvidence(byEmail, in: book)
        XCTAssertEqual(evidence.status, "suppressed")
        XCTAssertEqual(evidence.origin, "suppression")
    }

    func testAnAddressThatIsTakenOnBringsItsObjection() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "old@example.org")
        try say(false, of: anna, in: book)
        try book.update(anna) { try $0.set(.email, to: "new@example.org", country: book.occasion.shop.country) }
        let bo = try book.create(name: "Bo", email: "bo@example.org")
        try say(true, of: bo, in: book)

        try book.update(bo) { try $0.set(.email, to: "Old@Example.org", country: book.occasion.shop.country) }

        XCTAssertEqual(try status(bo, in: book), .unsubscribed)
    }

    func testABounceIsUndoneByTheNextStatementAndNoObjection() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try say(true, of: anna, in: book)

        try book.write { try ConsentWriter($0, book.occasion).bounced(anna) }
        XCTAssertEqual(try status(anna, in: book), .bounced)
        XCTAssertEqual(try suppressions(.email("anna@example.org"), in: book).map(\.reason), [.bounced])
        try say(true, origin: .import, of: anna, in: book.after(seconds: 1))
        XCTAssertEqual(try status(anna, in: book), .bounced)
        try say(true, origin: .person, of: anna, in: book.after(seconds: 2))
        XCTAssertEqual(try status(anna, in: book), .subscribed)

        try say(false, of: anna, in: book.after(seconds: 3))
        try book.write { try ConsentWriter($0, book.occasion).bounced(anna) }
        XCTAssertEqual(try status(anna, in: book), .unsubscribed)
        XCTAssertEqual(try suppressions(.email("anna@example.org"), in: book).map(\.reason), [.unsubscribed])
    }

    func testTheListHoldsNoContactAndEachTenantsHashesDiffer() throws {
        let hashes = try (0..<2).map { _ in
            let book = try Book()
            let anna = try book.create(name: "Anna", email: "anna@example.org")
            try say(false, of: anna, in: book)
            return try book.read { transaction in
                try transaction.all("SELECT hash FROM suppression") { $0.bytes(0) }
            }
        }

        XCTAssertEqual(hashes.map(\.count), [1, 1])
        XCTAssertNotEqual(hashes[0], hashes[1])
    }

    func testATestCustomerDoesNotSuppressARealAddress() throws {
        let book = try Book()
        let probe = try book.create(name: "Probe", email: "anna@example.org", isTest: true)

        try say(false, of: probe, in: book)

        XCTAssertEqual(try suppressions(.email("anna@example.org"), in: book), [])
        XCTAssertEqual(try status(probe, in: book), .unsubscribed)
    }

    /// Whatever is said in whatever order, after an objection only something said later by the person subscribes.
    func testRandomHistoriesNeverSubscribeAgainstAnObjection() throws {
        for seed in 1...30 as ClosedRange<UInt64> {
            var generator = SeededGenerator(seed: seed)
            let book = try Book()
            let anna = try book.create(name: "Anna", email: "anna@example.org")
            var mayBeSubscribed = false
            var objectedAt: Int64?
            for step in 1...40 as ClosedRange<Int64> {
                let now = book.after(seconds: step * 10)
                let origin = [ConsentOrigin.person, .checkout, .import, .merge].randomElement(using: &generator)
                let saidAt = Int64.random(in: 0...step * 10, using: &generator)
                let isGranted = Bool.random(using: &generator) || Bool.random(using: &generator)
                let wording = Bool.random(using: &generator) ? "v1" : nil
                try say(isGranted, wording: wording, origin: origin, of: anna, saidAt: saidAt, in: now)
                if !isGranted {
                    (mayBeSubscribed, objectedAt) = (false, step * 10)
                } else if objectedAt == nil || origin == .person
                    || origin == .checkout && wording != nil && saidAt > objectedAt ?? 0
                {
                    (mayBeSubscribed, objectedAt) = (true, nil)
                }
                XCTAssertEqual(try status(anna, in: book) == .subscribed, mayBeSubscribed, "seed \(seed) step \(step)")
            }
        }
    }

    private func suppressions(_ contact: Contact, in book: Book) throws -> [Suppression] {
        try book.read { try SuppressionReader($0).suppressions(of: [contact]) }
    }
}
