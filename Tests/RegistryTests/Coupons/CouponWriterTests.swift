import Registry
import Storage
import TestSupport
import XCTest

final class CouponWriterTests: XCTestCase {
    private func terms(_ code: String = "TEN", _ change: (inout CouponTerms) throws -> Void = { _ in }) throws
        -> CouponTerms
    {
        var terms = CouponTerms(
            code: code, benefit: .percent(try Percentage(parsing: "10")), currency: try Currency("EUR"))
        try change(&terms)
        return terms
    }

    private func assign(_ code: String, to customer: CustomerID, in book: Book) throws {
        try book.write { try CouponWriter($0, book.occasion).assign(code, to: customer) }
    }

    func testACouponIsReadAsItWasMade() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let euro = try Currency("EUR")
        let whole = try terms { terms in
            terms.benefit = .amount(Money(minor: 500, currency: euro))
            terms.minimum = Money(minor: 1_000, currency: euro)
            terms.startsAt = Instant(seconds: 1)
            terms.endsAt = Instant(seconds: 2)
            terms.limit = 3
            terms.perCustomer = 1
            terms.budget = Money(minor: 9_000, currency: euro)
            terms.channels = ["shop", "pos"]
            terms.products = ["B 2", "A 1"]
            terms.campaign = "Spring"
            terms.customer = anna
            terms.isFirstOrderOnly = true
        }

        try book.make(whole)
        try book.make(terms("GIFT") { $0.benefit = .item(sku: "A 1") })

        XCTAssertEqual(try book.coupon("TEN").terms, whole)
        XCTAssertEqual(try book.coupon("gift").terms.benefit, .item(sku: "A 1"))
        XCTAssertEqual(try book.coupon("TEN").used, 0)
        XCTAssertEqual(try book.coupon("TEN").spent.minor, 0)
        XCTAssertEqual(try book.read { try CouponReader($0).count() }, 2)
    }

    func testACodeIsTakenInEverySpellingAndBlankIsNone() throws {
        let book = try Book()
        try book.make(terms())

        assertThrows(CouponError.codeTaken(code: "t en")) { try book.make(terms("t en")) }
        assertThrows(CouponError.blankCode) { try book.make(terms(" \t")) }
        assertThrows(CustomerError.notFound) {
            try book.make(terms("OWN") { $0.customer = CustomerID(rawValue: 9) })
        }
    }

    func testAnAssignedCouponBelongsToItsCustomer() throws {
        let book = try Book()
        try book.make(terms())
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")

        try assign("ten", to: anna, in: book)

        XCTAssertEqual(try book.coupon("TEN").terms.customer, anna)
        assertThrows(CouponError.notFound) {
            try book.register(.sale(100, to: .customer(bert)).with { $0.coupon = "TEN" })
        }
        XCTAssertEqual(
            try book.register(.sale(100, to: .customer(anna)).with { $0.coupon = "TEN" }).amounts.discount.minor, 10)
        assertThrows(CouponError.notFound) { try assign("NONE", to: anna, in: book) }
        assertThrows(CustomerError.notFound) { try assign("TEN", to: CustomerID(rawValue: 9), in: book) }
    }

    func testACouponThatOthersHaveUsedIsNotAssigned() throws {
        let book = try Book()
        try book.make(terms())
        let anna = try book.create(name: "Anna")
        let order = try book.register(.sale(100).with { $0.coupon = "TEN" }).order

        assertThrows(CouponError.alreadyUsed(code: "TEN")) { try assign("ten", to: anna, in: book) }
        try book.update(order, to: .cancelled)
        try assign("ten", to: anna, in: book)

        XCTAssertEqual(try book.coupon("TEN").terms.customer, anna)
    }

    func testACancellationGivesTheRedemptionBackOnce() throws {
        let book = try Book()
        try book.make(terms { $0.limit = 1 })
        let order = try book.register(.sale(1_000).with { $0.coupon = "TEN" }).order
        XCTAssertEqual(try book.coupon("TEN").spent.minor, 100)

        try book.update(order, to: .cancelled)
        try book.update(order, to: .cancelled)

        XCTAssertEqual(try book.coupon("TEN").used, 0)
        XCTAssertEqual(try book.coupon("TEN").spent.minor, 0)
        XCTAssertEqual(try book.timeline().count { $0.topic == "coupon.released" }, 1)
        XCTAssertEqual(try book.register(.sale(1_000).with { $0.coupon = "TEN" }).amounts.discount.minor, 100)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARedemptionStaysUsedWherePolicySaysSoAndOnARefund() throws {
        let book = try Book()
        try book.make(terms())
        let strict = book.under { $0.couponRelease = .never }
        let cancelled = try strict.register(.sale(1_000).with { $0.coupon = "TEN" }).order
        let refunded = try book.register(.sale(1_000).with { $0.coupon = "TEN" }).order

        try strict.update(cancelled, to: .cancelled)
        try book.update(refunded, to: .refunded)

        XCTAssertEqual(try book.coupon("TEN").used, 2)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARedemptionFollowsItsOrderToAnotherCustomer() throws {
        let book = try Book()
        try book.make(terms { $0.perCustomer = 1 })
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        let order = try book.register(.sale(1_000, to: .customer(anna)).with { $0.coupon = "TEN" }).order

        try book.move(order, to: bert)

        assertThrows(CouponError.customerLimit(code: "TEN", limit: 1)) {
            try book.register(.sale(1_000, to: .customer(bert)).with { $0.coupon = "TEN" })
        }
        XCTAssertEqual(
            try book.register(.sale(1_000, to: .customer(anna)).with { $0.coupon = "TEN" }).amounts.discount.minor, 100)
    }

    func testTheSchemaItselfRefusesToRedeemTooOften() throws {
        let book = try Book()
        try book.make(
            terms { terms in
                terms.limit = 1
                terms.budget = Money(minor: 150, currency: try Currency("EUR"))
            })
        _ = try book.register(.sale(1_000).with { $0.coupon = "TEN" })

        for plant: @Sendable (WriteTransaction) throws -> Void in [
            { try $0.execute("UPDATE coupon SET used = used + 1") },
            { try $0.execute("UPDATE coupon SET spent_minor = spent_minor + 51") },
            { try $0.execute("UPDATE coupon SET used = -1") },
            { try $0.execute("UPDATE coupon SET spent_minor = -1") },
        ] {
            XCTAssertThrowsError(try book.write(plant)) {
                // SQLITE_CONSTRAINT_CHECK: https://sqlite.org/rescode.html#constraint_check
                XCTAssertEqual(($0 as? StorageError)?.code, 275, "\($0)")
            }
        }
        XCTAssertThrowsError(
            try book.write {
                try $0.execute(
                    """
                    INSERT INTO coupon_redemption (coupon_id, order_id, amount_minor, redeemed_at) VALUES (1, 1, 1, 1)
                    """)
            }
        ) { XCTAssertEqual(($0 as? StorageError)?.isUniqueViolation, true) }
    }

    func testACounterThatDiffersFromItsLedgerIsFound() throws {
        let book = try Book()
        try book.make(terms())
        try book.make(terms("TWENTY"))
        _ = try book.register(.sale(1_000).with { $0.coupon = "TEN" })
        XCTAssertEqual(try book.mismatches(), [])

        try book.write { try $0.execute("UPDATE coupon SET used = 0 WHERE code = 'TEN'") }
        try book.write { try $0.execute("UPDATE coupon SET spent_minor = 1 WHERE code = 'TWENTY'") }

        XCTAssertEqual(try book.mismatches(), ["TEN", "TWENTY"])
    }
}
