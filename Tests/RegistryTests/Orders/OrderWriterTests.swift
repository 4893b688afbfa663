@testable import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class OrderWriterTests: XCTestCase {
    func testAnOrderIsReadAsItWasRegistered() throws {
        let book = try Book()
        let placedAt = Instant(seconds: 1_700_000_000)
        var draft = try OrderDraft.basket([OrderLine("2", at: "10", sku: "A", tax: "19")], ext: "R-1")
        draft.buyer = try book.buyer(name: "Anna", email: "anna@example.org")
        draft.state = .confirmed
        draft.channelState = "packed"
        draft.placedAt = placedAt
        draft.paidMinor = 500
        draft.details = JSONWriter.object { $0.member("gift", true) }

        let registration = try book.register(draft)

        let euro = try Currency("EUR")
        func money(_ minor: Int64) -> Money { Money(minor: minor, currency: euro) }
        XCTAssertFalse(registration.isExisting)
        XCTAssertEqual(
            try book.order(registration.order),
            Order(
                id: registration.order, channel: "shop", ext: "R-1", match: registration.match, kind: .order,
                state: .confirmed, channelState: "packed", placedAt: placedAt, recordedAt: Book.now,
                amounts: OrderAmounts(subtotal: money(2000), discount: money(0), tax: money(319), total: money(2000)),
                paid: money(500), refunded: money(0), givenBack: money(0), coupon: nil,
                buyer: JSONFragment(
                    trusted: Array(#"{"name":"Anna","email":"anna@example.org","phone":null,"ext":null}"#.utf8)),
                details: JSONFragment(trusted: Array(#"{"gift":true}"#.utf8)), isTest: false,
                registeredSeq: registration.seq, rev: 1))
        XCTAssertEqual(
            try book.read { try OrderReader($0).lines(of: registration.order) },
            [try OrderLine("2", at: "10", sku: "A", tax: "19")])
        XCTAssertEqual(try book.read { try OrderReader($0).order(channel: "shop", ext: "R-1") }, registration.order)
        XCTAssertNil(try book.read { try OrderReader($0).order(channel: "pos", ext: "R-1") })
    }

    func testTheSameOrderAgainChangesNothing() throws {
        let book = try Book()
        let draft = try OrderDraft.sale(100, ext: "1", to: book.buyer(name: "Anna"))
        let first = try book.register(draft)
        let seq = try book.timeline().count

        let again = try book.after(seconds: 60).register(draft)

        XCTAssertTrue(again.isExisting)
        XCTAssertEqual(again.order, first.order)
        XCTAssertEqual(again.match, first.match)
        XCTAssertEqual(again.amounts, first.amounts)
        XCTAssertEqual(again.seq, first.seq)
        XCTAssertEqual(try book.timeline().count, seq)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testTheSameOrderAgainIsTheSameAfterItsStateHasChanged() throws {
        let book = try Book()
        let draft = try OrderDraft.sale(100, ext: "1")
        let first = try book.register(draft)
        try book.update(first.order, to: .cancelled)

        XCTAssertTrue(try book.register(draft).isExisting)
    }

    func testAnyDifferenceUnderTheSameExternalIDIsAConflict() throws {
        let book = try Book()
        let draft = try OrderDraft.basket([OrderLine("1", at: "1", sku: "A")], ext: "1", to: book.buyer(name: "Anna"))
        let first = try book.register(draft)
        let changes: [@Sendable (inout OrderDraft) throws -> Void] = [
            { $0.lines[0].quantity = try Quantity(parsing: "2") },
            { $0.lines[0].unitPrice = try UnitPrice(parsing: "2") },
            { $0.lines[0].sku = "B" },
            { $0.lines[0].name = "Book" },
            { $0.lines[0].taxRate = try Percentage(parsing: "7") },
            { $0.lines.append($0.lines[0]) },
            { $0.buyer = .anonymous },
            { $0.state = .completed },
            { $0.channelState = "x" },
            { $0.kind = .return },
            { $0.placedAt = Book.now },
            { $0.declared = Money(minor: 100, currency: $0.currency) },
            { $0.chargesMinor = 1 },
            { $0.paidMinor = 1 },
            { $0.isPaidInFull = true },
            { $0.coupon = "X" },
            { $0.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)] },
            { $0.details = JSONWriter.object { $0.member("a", true) } },
            { $0.isTest = true },
            { $0.currency = try Currency("USD") },
        ]

        for (number, change) in changes.enumerated() {
            var other = draft
            try change(&other)
            let asked = other
            assertThrows(OrderError.differs(existing: first.order)) {
                let registration = try book.register(asked)
                XCTFail("change \(number) was not noticed: \(registration)")
                return registration
            }
        }
        XCTAssertFalse(try book.register(draft.with { $0.channel = "pos" }).isExisting)
    }

    func testAnOrderIsKnownByWhatWasSubmittedNotByWhatWasDerived() throws {
        let book = try Book()
        var submitted = try OrderDraft.sale(100, ext: "1")
        submitted.noteSubmitted()
        var derived = submitted
        derived.channelState = "open"
        derived.details = JSONWriter.object { $0.member("by", "lena") }
        let first = derived
        derived.details = JSONWriter.object { $0.member("by", "otto") }
        let second = derived

        let order = try book.register(first).order

        XCTAssertEqual(try book.register(second).order, order)
    }

    func testAnExternalIDIsMadeUpWhereThereIsNone() throws {
        let book = try Book()

        let first = try book.register(.sale(100))
        let second = try book.register(.sale(100))

        XCTAssertEqual(try book.order(first.order).ext, "#\(first.seq)")
        XCTAssertEqual(try book.order(second.order).ext, "#\(second.seq)")
        XCTAssertNotEqual(first.order, second.order)
    }

    func testAnExternalIDIsNeitherBlankNorLikeOneMadeUp() throws {
        let book = try Book()

        for ext in ["", " ", "\t\u{A0}", "#", "#1", "#x"] {
            assertThrows(OrderError.badExt) { try book.register(.sale(100, ext: ext)) }
        }

        XCTAssertEqual(try book.timeline(), [])
        XCTAssertEqual(try book.order(book.register(.sale(100, ext: "1#")).order).ext, "1#")
    }

    func testPaidInFullIsWhateverItComesTo() throws {
        let book = try Book()

        let registration = try book.register(.sale(1_234).with { $0.isPaidInFull = true })

        XCTAssertEqual(try book.order(registration.order).paid.minor, 1_234)
    }

    func testARegistrationThatIsRefusedLeavesNoTrace() throws {
        let book = try Book()

        assertThrows(CouponError.notFound) {
            try book.register(.sale(100, ext: "1", to: book.buyer(name: "Anna")).with { $0.coupon = "NONE" })
        }

        XCTAssertEqual(try book.timeline(), [])
        XCTAssertNil(try book.read { try CustomerReader($0).customer(number: 1) })
        XCTAssertNil(try book.read { try OrderReader($0).order(channel: "shop", ext: "1") })
    }

    func testTheTimelineTellsOfTheRegistration() throws {
        let book = try Book()

        let registration = try book.register(.sale(1_250, to: book.buyer(name: "Anna")))

        let entry = try XCTUnwrap(book.timeline().last)
        XCTAssertEqual(entry.seq, registration.seq)
        XCTAssertEqual(entry.topic, "order.registered")
        XCTAssertEqual(entry.order, registration.order)
        XCTAssertEqual(entry.customer, registration.match.customer)
        XCTAssertEqual(entry.actor, "staff:lena")
        XCTAssertEqual(entry.data.text, #"{"channel":"shop","total":"12.50","currency":"EUR","state":"open"}"#)
    }
}
