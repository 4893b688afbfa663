import Registry
import TestSupport
import XCTest

final class OrderAmountsTests: XCTestCase {
    private func amounts(_ lines: [OrderLine], _ code: String = "EUR", kind: OrderKind = .order) throws -> OrderAmounts
    {
        try Book(currency: code).register(.basket(lines, code, kind: kind)).amounts
    }

    func testTheSumOfTheLinesIsRoundedHalfEvenOnceAtTheEnd() throws {
        for (price, quantity, minor) in [
            ("0.125", "1", 12), ("0.135", "1", 14), ("0.125", "3", 38), ("0.005", "1", 0), ("0.015", "1", 2),
            ("19.99", "0.345", 690), ("0.333333", "3", 100),
        ] as [(String, String, Int64)] {
            let line = try OrderLine(quantity, at: price)

            XCTAssertEqual(try amounts([line]).total.minor, minor, "\(quantity) at \(price)")
        }
        XCTAssertEqual(try amounts([OrderLine("1", at: "0.004"), OrderLine("1", at: "0.004")]).total.minor, 1)
    }

    func testCurrenciesOfThreeAndOfNoDigitsKeepTheirs() throws {
        let line = try OrderLine("1", at: "1.2345")

        XCTAssertEqual(try amounts([line], "KWD").total.text, "1.234")
        XCTAssertEqual(try amounts([line], "JPY").total.text, "1")
        XCTAssertEqual(try amounts([OrderLine("1", at: "2.5")], "JPY").total.text, "2")
    }

    func testAReturnIsNegativeHoweverItsLinesAreWritten() throws {
        let turned = try amounts([OrderLine("2", at: "10"), OrderLine("1", at: "5")], kind: .return)
        let written = try amounts([OrderLine("-2", at: "10"), OrderLine("-1", at: "5")], kind: .return)
        let exchanged = try amounts([OrderLine("-2", at: "10"), OrderLine("1", at: "5")], kind: .return)

        XCTAssertEqual([turned, written, exchanged].map(\.total.minor), [-2500, -2500, -1500])
        XCTAssertEqual(turned, written)
    }

    func testAReturnsLinesAreStoredTurnedRound() throws {
        let book = try Book()
        let registration = try book.register(.basket([OrderLine("2", at: "10", sku: "A")], kind: .return))

        let lines = try book.read { try OrderReader($0).lines(of: registration.order) }

        XCTAssertEqual(lines, [try OrderLine("-2", at: "10", sku: "A")])
    }

    func testADeclaredReturnIsNegativeWhateverItsSign() throws {
        let book = try Book()

        XCTAssertEqual(try book.register(.sale(700, kind: .return)).amounts.total.minor, -700)
        XCTAssertEqual(try book.register(.sale(-700, kind: .return)).amounts.total.minor, -700)
    }

    func testTheTaxIsContainedInTheTotal() throws {
        let mixed = try amounts([
            OrderLine("1", at: "119", tax: "19"), OrderLine("2", at: "5.35", tax: "7"), OrderLine("1", at: "3"),
        ])
        let returned = try amounts([OrderLine("1", at: "119", tax: "19")], kind: .return)

        XCTAssertEqual([mixed.total.minor, mixed.tax.minor], [13_270, 1_970])
        XCTAssertEqual(returned.tax.minor, -1_900)
    }

    func testADiscountReducesTheTaxInProportion() throws {
        let book = try Book()
        try book.make(
            CouponTerms(code: "HALF", benefit: .percent(Percentage(parsing: "50")), currency: Currency("EUR")))

        let amounts = try book.register(
            .basket([OrderLine("1", at: "119", tax: "19")]).with { $0.coupon = "half" }
        ).amounts

        XCTAssertEqual(
            [amounts.subtotal, amounts.discount, amounts.total, amounts.tax].map(\.minor), [11_900, 5_950, 5_950, 950])
    }

    func testChargesComeOnTopAndTakeNoDiscount() throws {
        let book = try Book()
        try book.make(
            CouponTerms(code: "ALL", benefit: .percent(Percentage(parsing: "100")), currency: Currency("EUR")))

        let amounts = try book.register(
            .sale(1_000).with { draft in
                draft.coupon = "ALL"
                draft.chargesMinor = 490
            }
        ).amounts

        XCTAssertEqual([amounts.subtotal, amounts.discount, amounts.total].map(\.minor), [1_000, 1_000, 490])
    }

    func testTheTaxOfChargesIsPartOfTheTaxAndTakesNoDiscount() throws {
        let book = try Book()
        try book.make(
            CouponTerms(code: "half", benefit: .percent(Percentage(parsing: "50")), currency: Currency("EUR")))

        let amounts = try book.register(
            .basket([OrderLine("1", at: "119", tax: "19")]).with { draft in
                draft.coupon = "half"
                (draft.chargesMinor, draft.chargesTaxMinor) = (1_190, 190)
            }
        ).amounts

        XCTAssertEqual([amounts.total, amounts.tax].map(\.minor), [7_140, 1_140])
        assertThrows(ValueError.outOfRange) { try book.register(.sale(1).with { $0.chargesTaxMinor = .max }) }
    }

    func testADeclaredTotalMustBeTheComputedOne() throws {
        let book = try Book()
        let euro = try Currency("EUR")
        let draft = try OrderDraft.basket([OrderLine("2", at: "10")])
        let back = try OrderDraft.basket([OrderLine("2", at: "10")], kind: .return)

        XCTAssertEqual(
            try book.register(draft.with { $0.declared = Money(minor: 2_000, currency: euro) }).amounts.total.minor,
            2_000)
        XCTAssertEqual(
            try book.register(back.with { $0.declared = Money(minor: 2_000, currency: euro) }).amounts.total.minor,
            -2_000)
        assertThrows(
            OrderError.totalMismatch(
                computed: Money(minor: 2_000, currency: euro), declared: Money(minor: 1_999, currency: euro))
        ) { try book.register(draft.with { $0.declared = Money(minor: 1_999, currency: euro) }) }
    }

    func testAnOrderWithoutLinesAndTotalIsIncomplete() throws {
        assertThrows(OrderError.nothingToPay) { try amounts([]) }
    }

    func testAnOrderMayComeToNothingButNotToLess() throws {
        let book = try Book()

        XCTAssertEqual(try book.register(.sale(0)).amounts.total.minor, 0)
        assertThrows(OrderError.negativeTotal) { try book.register(.sale(-1)) }
        assertThrows(OrderError.negativeTotal) { try book.register(.sale(100).with { $0.chargesMinor = -101 }) }
        assertThrows(OrderError.negativeTotal) { try book.register(.basket([OrderLine("-1", at: "1")])) }
    }

    func testAReturnMayComeToNothingButNotToMore() throws {
        let book = try Book()
        let even = [try OrderLine("-1", at: "10"), try OrderLine("1", at: "10")]
        let more = [try OrderLine("-1", at: "10"), try OrderLine("1", at: "10.01")]

        XCTAssertEqual(try book.register(.basket(even, kind: .return)).amounts.total.minor, 0)
        assertThrows(OrderError.positiveReturn) { try book.register(.basket(more, kind: .return)) }
    }

    func testAmountsBeyondTheLimitAreRefused() throws {
        let book = try Book()
        let limit: Int64 = 10_000_000_000_000

        XCTAssertEqual(try book.register(.sale(limit)).amounts.total.minor, limit)
        assertThrows(ValueError.outOfRange) { try book.register(.sale(limit + 1)) }
        assertThrows(ValueError.outOfRange) { try book.register(.sale(.min)) }
        assertThrows(ValueError.outOfRange) { try book.register(.sale(.min, kind: .return)) }
        assertThrows(ValueError.outOfRange) { try book.register(.sale(1).with { $0.chargesMinor = .max }) }
        assertThrows(ValueError.outOfRange) {
            try book.register(.basket([OrderLine("9000000000000", at: "9000000000000")]))
        }
        assertThrows(ValueError.outOfRange) {
            try book.register(
                .basket((0..<3).map { _ in try OrderLine("9000000000000", at: "9000000000000") }))
        }
    }
}
