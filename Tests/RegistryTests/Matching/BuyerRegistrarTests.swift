import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class BuyerRegistrarTests: XCTestCase {
    func testAnUnknownBuyerBecomesARecordWithoutAccount() throws {
        let book = try Book()

        let registration = try book.register(.sale(100, to: book.buyer(name: "Anna", email: "anna@example.org")))

        let customer = try book.customer(try XCTUnwrap(registration.match.customer))
        XCTAssertEqual(registration.match.reason, .created)
        XCTAssertEqual(customer.account, .none)
        XCTAssertEqual(customer.source, "shop")
        XCTAssertEqual(customer.channels, ["shop"])
        XCTAssertEqual(customer.orderCount, 1)
    }

    func testAnUnknownBuyerIsInvitedWherePolicyWantsAccounts() throws {
        let book = try Book().under { $0.guestRecord = .account }

        let withAddress = try book.register(.sale(100, to: book.buyer(name: "Anna", email: "anna@example.org")))
        let without = try book.register(.sale(100, to: book.buyer(name: "Bert")))

        XCTAssertEqual(try book.customer(try XCTUnwrap(withAddress.match.customer)).account, .invited)
        XCTAssertEqual(try book.customer(try XCTUnwrap(without.match.customer)).account, .none)
    }

    func testAnUnknownBuyerLeavesTheOrderAloneWherePolicyWantsNoRecord() throws {
        let book = try Book().under { $0.guestRecord = .none }
        let known = try book.create(email: "anna@example.org")

        let stranger = try book.register(.sale(100, to: book.buyer(name: "Bert", ext: "9")))
        let guest = try book.register(.sale(100, to: book.buyer(email: "anna@example.org")))

        XCTAssertEqual(stranger.match.reason, .none)
        XCTAssertNil(stranger.match.customer)
        XCTAssertTrue(try book.order(stranger.order).buyer.text.contains("Bert"))
        XCTAssertEqual(guest.match.customer, known)
        XCTAssertNil(try book.read { try CustomerReader($0).customer(number: 2) })
    }

    func testABuyerOfWhomNothingIsKnownStandsAlone() throws {
        let book = try Book()

        XCTAssertEqual(try book.register(.sale(100, to: book.buyer())).match.reason, .none)
        XCTAssertEqual(try book.register(.sale(100)).match.reason, .none)
        XCTAssertNil(try book.read { try CustomerReader($0).customer(number: 1) })
    }

    func testANamedCustomerIsGivenAndTheOrderKeepsTheContactData() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "Anna@example.org", phone: "030 1234567", company: "ACME")

        let registration = try book.register(.sale(100, to: .customer(anna)))

        XCTAssertEqual(registration.match.reason, .given)
        XCTAssertEqual(
            try book.order(registration.order).buyer.text,
            #"{"email":"Anna@example.org","name":"Anna","phone":"030 1234567","company":"ACME"}"#)
        assertThrows(CustomerError.notFound) {
            try book.register(.sale(100, to: .customer(CustomerID(rawValue: 77))))
        }
    }

    func testAnOrderFillsBlanksButOverwritesNothing() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")

        let registration = try book.register(
            .sale(100, to: book.buyer(name: "Mallory", email: "ANNA@example.org", phone: "030 123456")))

        XCTAssertEqual(registration.match.customer, anna)
        let fields = try book.customer(anna).fields
        XCTAssertEqual(fields.name, "Anna")
        XCTAssertEqual(fields.email?.spelling, "anna@example.org")
        XCTAssertEqual(fields.phone, "030 123456")
        XCTAssertTrue(try book.order(registration.order).buyer.text.contains("Mallory"))
    }

    func testAnOrderNeverGivesAnAddressToARecord() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", phone: "030 123456")

        let registration = try book.register(
            .sale(100, to: book.buyer(name: "Anna", email: "new@example.org", phone: "030 123456")))

        XCTAssertEqual(registration.match.customer, anna)
        XCTAssertEqual(registration.match.reason, .phone)
        XCTAssertNil(try book.customer(anna).fields.email)
    }

    func testAnExternalIDIsLearntFromAMatchByAnotherKey() throws {
        let book = try Book()
        let anna = try book.create(email: "anna@example.org")

        let first = try book.register(.sale(100, to: book.buyer(email: "anna@example.org", ext: "7")))
        let second = try book.register(.sale(100, to: book.buyer(email: "new@example.org", ext: "7")))

        XCTAssertEqual([first.match.reason, second.match.reason], [.email, .externalID])
        XCTAssertEqual([first.match.customer, second.match.customer], [anna, anna])
    }

    func testADeniedCustomerIsRefusedOnEveryChannelAndNothingIsWritten() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try book.write { try CustomerWriter($0, book.occasion).deny(anna, DenialReasons(inner: "fraud", outer: nil)) }
        let before = try book.timeline().count

        for channel in ["shop", "pos", "booking"] {
            assertThrows(CustomerError.denied(publicReason: nil)) {
                try book.register(
                    .sale(100, channel: channel, to: book.buyer(email: "anna@example.org", phone: "030 123456")))
            }
            assertThrows(CustomerError.denied(publicReason: nil)) {
                try book.register(.sale(100, channel: channel, to: .customer(anna)))
            }
        }

        XCTAssertEqual(try book.timeline().count, before)
        XCTAssertNil(try book.customer(anna).fields.phone)
    }

    func testAnErasedCustomerIsGoneAndADisabledOneMayOrder() throws {
        let book = try Book()
        let erased = try book.create(name: "Anna")
        let disabled = try book.create(name: "Bert")
        try book.write { transaction in
            try transaction.execute(
                "UPDATE customer SET status = 'erased' WHERE id = ?", .integer(erased.rawValue))
            try transaction.execute(
                "UPDATE customer SET status = 'disabled' WHERE id = ?", .integer(disabled.rawValue))
        }

        assertThrows(CustomerError.erased) { try book.register(.sale(100, to: .customer(erased))) }
        XCTAssertEqual(try book.register(.sale(100, to: .customer(disabled))).match.customer, disabled)
    }

    func testATestOrderMakesATestCustomerWhoseTotalsCountTestOrders() throws {
        let book = try Book()
        let test = try book.register(
            .sale(100, to: book.buyer(email: "test@example.org")).with { $0.isTest = true })
        let customer = try XCTUnwrap(test.match.customer)

        _ = try book.register(.sale(10, to: .customer(customer)).with { $0.isTest = true })

        XCTAssertTrue(try book.customer(customer).isTest)
        XCTAssertEqual(try book.customer(customer).totals.map(\.minor), [110])
        XCTAssertEqual(try book.customer(customer).orderCount, 2)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARealOrderMakesATestCustomerRealWhoseTestOrdersCountNoMore() throws {
        let book = try Book()
        let test = try book.create(name: "Test", email: "test@example.org", isTest: true)
        let bert = try book.create(name: "Bert")
        let moved = try book.register(
            .sale(5, to: .customer(bert)).with { $0.placedAt = Instant(seconds: 1_000) }
        ).order
        try book.move(moved, to: test)
        let rehearsal = try book.register(
            .sale(100, to: .customer(test)).with { draft in
                draft.isTest = true
                draft.placedAt = Instant(seconds: 9_000)
            }
        ).order
        _ = try book.register(.sale(7, "USD", to: .customer(test)).with { $0.isTest = true })
        let before = try book.customer(test).rev

        let real = try book.register(
            .sale(900, to: book.buyer(email: "test@example.org")).with { $0.placedAt = Instant(seconds: 2_000) })

        let customer = try book.customer(test)
        XCTAssertEqual(real.match.customer, test)
        XCTAssertFalse(customer.isTest)
        XCTAssertEqual(customer.rev, before + 1)
        XCTAssertEqual(customer.totals.map(\.text), ["9.05", "0.00"])
        XCTAssertEqual(customer.orderCount, 2)
        XCTAssertEqual(customer.lastOrderAt, Instant(seconds: 2_000))
        XCTAssertEqual(try book.mismatches(), [])
        _ = try book.register(.sale(10, to: .customer(test)).with { $0.isTest = true })
        try book.update(rehearsal, to: .cancelled)
        XCTAssertEqual(try book.customer(test).totals.map(\.text), ["9.05", "0.00"])
        XCTAssertEqual(try book.customer(test).orderCount, 2)
        XCTAssertEqual(try book.customer(test).rev, before + 1)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARealOrderThatIsRefusedLeavesATestCustomerOne() throws {
        let book = try Book()
        let test = try book.create(name: "Test", isTest: true)
        let before = try book.customer(test)

        assertThrows(CouponError.notFound) {
            try book.register(.sale(100, to: .customer(test)).with { $0.coupon = "NONE" })
        }

        XCTAssertEqual(try book.customer(test), before)
    }

    func testATestOrderUsesUpRecordsAndFillsNothing() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        var once = CouponTerms(
            code: "ONCE", benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR"))
        once.limit = 1
        try book.make(once)
        let before = try book.customer(anna)
        let draft = try OrderDraft.sale(100, to: book.buyer(email: "anna@example.org", phone: "030 123456"))
            .with { draft in
                draft.coupon = "ONCE"
                draft.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: "v1")]
            }

        for _ in 0..<2 {
            let test = try book.register(draft.with { $0.isTest = true })
            XCTAssertEqual(test.match.customer, anna)
            XCTAssertEqual(test.amounts.discount.minor, 10)
        }

        XCTAssertEqual(try book.coupon("ONCE").used, 0)
        XCTAssertEqual(try book.coupon("ONCE").spent.minor, 0)
        XCTAssertEqual(try book.read { try ConsentReader($0).evidence(of: anna) }, [])
        XCTAssertEqual(try book.customer(anna).fields, before.fields)
        XCTAssertEqual(try book.customer(anna).rev, before.rev)
        XCTAssertEqual(try book.customer(anna).orderCount, 0)
        XCTAssertEqual(try book.mismatches(), [])
        _ = try book.register(draft)
        XCTAssertEqual(try book.coupon("ONCE").used, 1)
        XCTAssertEqual(try book.customer(anna).fields.phone, "030 123456")
        XCTAssertTrue(try book.customer(anna).isSubscribed)
    }
}
