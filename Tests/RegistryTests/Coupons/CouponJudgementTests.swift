import Registry
import Storage
import TestSupport
import XCTest

final class CouponJudgementTests: XCTestCase {
    private let euro = Result { try Currency("EUR") }

    private func money(_ minor: Int64) throws -> Money { Money(minor: minor, currency: try euro.get()) }

    private func terms(_ change: (inout CouponTerms) throws -> Void = { _ in }) throws -> CouponTerms {
        var terms = CouponTerms(code: "TEN", benefit: .percent(try Percentage(parsing: "10")), currency: try euro.get())
        try change(&terms)
        return terms
    }

    private func discount(
        _ terms: CouponTerms, on minor: Int64 = 10_000, in book: Book,
        _ change: (inout OrderDraft) throws -> Void = { _ in }
    ) throws -> Int64 {
        if try book.read({ try CouponReader($0).count() }) == 0 { try book.make(terms) }
        var draft = try OrderDraft.sale(minor)
        draft.coupon = terms.code
        try change(&draft)
        return try book.register(draft).amounts.discount.minor
    }

    func testPercentAmountAndItemTakeOffWhatTheySay() throws {
        let lines = [try OrderLine("2", at: "12.345", sku: "A"), try OrderLine("1", at: "50", sku: "B")]
        let amount = try terms { $0.benefit = .amount(try money(1_500)) }
        let item = try terms { $0.benefit = .item(sku: "A") }

        XCTAssertEqual(try discount(terms(), on: 10_000, in: Book()), 1_000)
        XCTAssertEqual(try discount(terms(), on: 125, in: Book()), 12)
        XCTAssertEqual(try discount(terms(), on: 135, in: Book()), 14)
        XCTAssertEqual(try discount(amount, on: 10_000, in: Book()), 1_500)
        XCTAssertEqual(try discount(item, in: Book()) { ($0.lines, $0.declared) = (lines, nil) }, 1_234)
    }

    func testNoCouponTakesOffMoreThanTheOrderComesTo() throws {
        let amount = try terms { $0.benefit = .amount(try money(1_500)) }
        let all = try terms { $0.benefit = .percent(try Percentage(parsing: "100")) }

        XCTAssertEqual(try discount(amount, on: 999, in: Book()), 999)
        XCTAssertEqual(try discount(amount, on: 0, in: Book()), 0)
        XCTAssertEqual(try discount(all, on: 999, in: Book()), 999)
    }

    func testAnItemThatIsNotInTheOrderIsMissed() throws {
        let item = try terms { $0.benefit = .item(sku: "A") }

        for lines in [
            [try OrderLine("1", at: "5", sku: "B")], [try OrderLine("0.999999", at: "5", sku: "A")],
            [try OrderLine("1", at: "5")],
        ] {
            assertThrows(CouponError.itemMissing(code: "TEN", sku: "A")) {
                try discount(item, in: Book()) { ($0.lines, $0.declared) = (lines, nil) }
            }
        }
    }

    func testCodesAreComparedWithoutCaseAndSpaces() throws {
        let book = try Book()
        try book.make(terms { $0.code = "Summer 26" })

        XCTAssertEqual(try book.coupon(" suMMer26 ").terms.code, "Summer 26")
        XCTAssertEqual(
            try book.order(book.register(.sale(100).with { $0.coupon = "SUMMER26" }).order).coupon, "Summer 26")
    }

    func testAnUnknownCodeIsNotFound() throws {
        let book = try Book()

        assertThrows(CouponError.notFound) { try book.coupon("TEN") }
        assertThrows(CouponError.notFound) { try book.register(.sale(100).with { $0.coupon = "TEN" }) }
    }

    func testACouponHoldsFromItsFirstMomentUntilBeforeItsEnd() throws {
        let starts = Instant(seconds: 1_000)
        let ends = Instant(seconds: 2_000)
        let dated = try terms { ($0.startsAt, $0.endsAt) = (starts, ends) }
        func at(_ seconds: Int64) throws -> Int64 {
            try discount(dated, in: Book()) { $0.placedAt = Instant(seconds: seconds) }
        }

        assertThrows(CouponError.notStarted(code: "TEN", starts: starts)) { try at(999) }
        XCTAssertEqual(try at(1_000), 1_000)
        XCTAssertEqual(try at(1_999), 1_000)
        assertThrows(CouponError.expired(code: "TEN", ends: ends)) { try at(2_000) }
    }

    func testChannelsCurrencyMinimumAndReturnsAreChecked() throws {
        let only = try terms { $0.channels = ["pos", "booking"] }
        let from = try terms { $0.minimum = try money(5_000) }

        assertThrows(CouponError.wrongChannel(code: "TEN")) { try discount(only, in: Book()) }
        XCTAssertEqual(try discount(only, in: Book()) { $0.channel = "booking" }, 1_000)
        assertThrows(CouponError.wrongCurrency(code: "TEN", currency: try euro.get())) {
            let dollar = try Currency("USD")
            return try discount(terms(), in: Book()) { draft in
                draft.currency = dollar
                draft.declared = Money(minor: 100, currency: dollar)
            }
        }
        assertThrows(CouponError.belowMinimum(code: "TEN", minimum: try money(5_000))) {
            try discount(from, on: 4_999, in: Book())
        }
        XCTAssertEqual(try discount(from, on: 5_000, in: Book()), 500)
        assertThrows(CouponError.notOnReturns) { try discount(terms(), in: Book()) { $0.kind = .return } }
    }

    func testALimitIsNotExceeded() throws {
        let book = try Book()
        let twice = try terms { $0.limit = 2 }

        for _ in 0..<2 { XCTAssertEqual(try discount(twice, in: book), 1_000) }

        assertThrows(CouponError.exhausted(code: "TEN", limit: 2, used: 2)) { try discount(twice, in: book) }
        XCTAssertEqual(try book.coupon("TEN").used, 2)
    }

    func testABudgetIsNotExceededAndSmallerDiscountsStillFit() throws {
        let book = try Book()
        let budget = try terms { $0.budget = try money(1_500) }

        XCTAssertEqual(try discount(budget, on: 10_000, in: book), 1_000)
        assertThrows(CouponError.budgetSpent(code: "TEN", left: try money(500))) {
            try discount(budget, on: 5_010, in: book)
        }
        XCTAssertEqual(try discount(budget, on: 5_000, in: book), 500)

        XCTAssertEqual(try book.coupon("TEN").spent, try money(1_500))
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testTheGreatestSubtotalIsJudgedLikeAnyOther() throws {
        let book = try Book()
        try book.make(
            terms { terms in
                terms.benefit = .percent(try Percentage(parsing: "100"))
                terms.budget = try money(1_500)
            })
        let coupon = try book.coupon("TEN")
        let use = CouponUse(
            channel: "shop", customer: nil, subtotal: try money(.max), lines: nil, at: Book.now, earlierOrders: 0)

        assertThrows(CouponError.budgetSpent(code: "TEN", left: try money(1_500))) {
            try book.read { try CouponReader($0).discount(of: coupon, for: use) }
        }
    }

    func testEachCustomerHasALimitOfTheirOwn() throws {
        let book = try Book()
        let once = try terms { $0.perCustomer = 1 }
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")

        XCTAssertEqual(try discount(once, in: book) { $0.buyer = .customer(anna) }, 1_000)
        assertThrows(CouponError.customerLimit(code: "TEN", limit: 1)) {
            try discount(once, in: book) { $0.buyer = .customer(anna) }
        }
        XCTAssertEqual(try discount(once, in: book) { $0.buyer = .customer(bert) }, 1_000)
        assertThrows(CouponError.needsCustomer(code: "TEN")) { try discount(once, in: book) }
    }

    func testAFirstOrderIsOneBeforeWhichNoneCounts() throws {
        let book = try Book()
        let first = try terms { $0.isFirstOrderOnly = true }
        let anna = try book.create(name: "Anna")
        let earlier = try book.register(.sale(100, to: .customer(anna))).order

        assertThrows(CouponError.notFirstOrder(code: "TEN")) {
            try discount(first, in: book) { $0.buyer = .customer(anna) }
        }
        assertThrows(CouponError.needsCustomer(code: "TEN")) { try discount(first, in: book) }
        XCTAssertEqual(try discount(first, in: book) { $0.buyer = try book.buyer(name: "New") }, 1_000)
        try book.update(earlier, to: .cancelled)
        XCTAssertEqual(try discount(first, in: book) { $0.buyer = .customer(anna) }, 1_000)
    }

    func testACouponOfOneCustomerLooksToOthersAsIfItDidNotExist() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        let bound = try terms { ($0.customer, $0.limit, $0.endsAt) = (anna, 1, Instant(seconds: 1)) }
        try book.make(bound)

        for buyer in [Buyer.customer(bert), .anonymous] {
            assertThrows(CouponError.notFound) {
                try book.register(.sale(100, to: buyer).with { $0.coupon = "t e n" })
            }
        }
        assertThrows(CouponError.expired(code: "TEN", ends: Instant(seconds: 1))) {
            try book.register(.sale(100, to: .customer(anna)).with { $0.coupon = "t e n" })
        }
    }
}
