import Registry
import TestSupport
import XCTest

final class CouponProductTests: XCTestCase {
    private func lines() throws -> [OrderLine] {
        [
            try OrderLine("2", at: "50", sku: "MUG", tax: "19"), try OrderLine("1", at: "100", sku: "TEA", tax: "7"),
            try OrderLine("1", at: "30", tax: "19"),
        ]
    }

    private func amounts(_ terms: CouponTerms, _ lines: [OrderLine]) throws -> OrderAmounts {
        let book = try Book()
        try book.make(terms)
        return try book.register(.basket(lines).with { $0.coupon = terms.code }).amounts
    }

    func testTheDiscountCountsOnItsProductsAlone() throws {
        let book = try Book()
        let percent = try book.tenPercent { $0.products = ["TEA", "CUP"] }
        let amount = try book.tenPercent { ($0.products, $0.benefit) = (["TEA"], .amount(book.money(15_000))) }

        XCTAssertEqual(try amounts(percent, lines()).discount.minor, 1_000)
        XCTAssertEqual(try amounts(amount, lines()).discount.minor, 10_000)
        XCTAssertEqual(try amounts(amount, lines()).total.minor, 13_000)
    }

    func testTheTaxFallsByThatOfTheDiscountedLinesAlone() throws {
        let book = try Book()
        // 19 % in 130.00 are 20.76, 7 % in 100.00 are 6.54.
        let whole = try amounts(book.tenPercent(), lines())
        let tea = try amounts(book.tenPercent { $0.products = ["TEA"] }, lines())
        let free = try amounts(book.tenPercent { $0.benefit = .item(sku: "TEA") }, lines())

        XCTAssertEqual(whole.tax.minor, 2_457)
        XCTAssertEqual(tea.tax.minor, 2_730 - 654 + 589)
        XCTAssertEqual(free.discount.minor, 10_000)
        XCTAssertEqual(free.tax.minor, 2_730 - 654)
    }

    func testAnOrderWithoutTheProductsIsRefused() throws {
        let book = try Book()
        try book.make(book.tenPercent { $0.products = ["CUP"] })

        for draft in [try OrderDraft.basket(lines()), try .sale(1_000)] {
            assertThrows(CouponError.productsMissing(code: "TEN")) {
                try book.register(draft.with { $0.coupon = "TEN" })
            }
        }
        assertThrows(CouponError.productsMissing(code: "TEN")) { try book.hold() }
    }

    func testAFreeItemIsTheCheapestWholeOneAndOneAlone() throws {
        let item = try Book().tenPercent { $0.benefit = .item(sku: "MUG") }
        let lines = [
            try OrderLine("3", at: "9.995", sku: "MUG"), try OrderLine("1", at: "4.005", sku: "MUG"),
            try OrderLine("0.5", at: "1", sku: "MUG"), try OrderLine("1", at: "20"),
        ]

        let amounts = try amounts(item, lines)

        XCTAssertEqual(amounts.discount.minor, 400)
        XCTAssertEqual(amounts.total.minor, amounts.subtotal.minor - 400)
    }

    func testTermsThatMakeNoSenseAreRefused() throws {
        let book = try Book()

        assertThrows(CouponError.productsWithItem) {
            try book.make(book.tenPercent { ($0.benefit, $0.products) = (.item(sku: "A"), ["B"]) })
        }
        assertThrows(CouponError.tooManyProducts) {
            try book.make(book.tenPercent { $0.products = (0...1_000).map(String.init) })
        }
        assertThrows(CouponError.badPeriod) {
            try book.make(book.tenPercent { ($0.startsAt, $0.endsAt) = (Book.now, Book.now) })
        }
        XCTAssertEqual(try book.read { try CouponReader($0).count() }, 0)
    }
}
