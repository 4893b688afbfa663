import Registry
import Storage
import TestSupport
import XCTest

final class CouponHoldTests: XCTestCase {
    func testAHoldCountsAsUsedUntilItIsReleased() throws {
        let book = try Book()
        try book.make(book.tenPercent { ($0.limit, $0.budget) = (1, book.money(100)) })

        let hold = try book.hold()

        XCTAssertEqual(hold.discount, book.money(100))
        XCTAssertEqual(hold.expiresAt, Instant(seconds: Book.now.seconds + 900))
        XCTAssertEqual(try book.coupon("TEN").held, 1)
        XCTAssertEqual(try book.coupon("TEN").heldMoney, book.money(100))
        let taken = CouponError.exhausted(code: "TEN", limit: 1, used: 0, held: 1)
        assertThrows(taken) { try book.hold() }
        assertThrows(taken) { try book.register(.sale(1_000).with { $0.coupon = "TEN" }) }
        XCTAssertEqual(try book.mismatches(), [])

        XCTAssertEqual(try book.release(hold).state(at: Book.now), .released)
        XCTAssertEqual(try book.release(hold).state(at: Book.now), .released)

        XCTAssertEqual(try book.coupon("TEN").held, 0)
        XCTAssertEqual(try book.register(.sale(1_000).with { $0.coupon = "TEN" }).amounts.discount.minor, 100)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAHoldThatHasExpiredIsFreeForTheNext() throws {
        let book = try Book()
        try book.make(book.tenPercent { $0.limit = 1 })
        let hold = try book.hold(seconds: 60)

        XCTAssertEqual(try book.after(seconds: 59).present().held, 1)
        assertThrows(CouponError.exhausted(code: "TEN", limit: 1, used: 0, held: 1)) {
            try book.after(seconds: 59).register(.sale(1_000).with { $0.coupon = "TEN" })
        }
        let later = book.after(seconds: 60)
        XCTAssertEqual(try later.present().held, 0)
        assertThrows(CouponError.holdExpired(expired: hold.expiresAt)) {
            try later.commit(hold, for: try later.register(.sale(1_000)).order)
        }
        XCTAssertEqual(try later.register(.sale(1_000).with { $0.coupon = "TEN" }).amounts.discount.minor, 100)

        XCTAssertEqual(try book.coupon("TEN").held, 0)
        XCTAssertEqual(try book.coupon("TEN").used, 1)
        XCTAssertEqual(try later.release(hold).state(at: later.occasion.at), .expired)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAnOrderUsesItsHoldUpAlthoughNothingElseIsLeft() throws {
        let book = try Book()
        try book.make(
            book.tenPercent {
                ($0.limit, $0.budget, $0.endsAt) = (1, book.money(100), book.after(seconds: 5).occasion.at)
            })
        let hold = try book.hold(channel: "shop")
        let later = book.after(seconds: 10)

        let order = try later.register(.sale(1_000).with { $0.hold = hold.id })

        XCTAssertEqual(order.amounts.discount.minor, 100)
        XCTAssertEqual(try book.order(order.order).coupon, "TEN")
        XCTAssertEqual(try book.coupon("TEN").used, 1)
        XCTAssertEqual(try book.coupon("TEN").held, 0)
        XCTAssertEqual(try later.commit(hold, for: order.order).order, order.order)
        assertThrows(CouponError.holdCommitted(order: order.order)) { try later.release(hold) }
        assertThrows(CouponError.holdCommitted(order: order.order)) {
            try later.register(.sale(1_000).with { $0.hold = hold.id })
        }
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testTheBudgetCoversWhatTheOrderReallyTakesOff() throws {
        let book = try Book()
        try book.make(book.tenPercent { $0.budget = book.money(150) })
        let hold = try book.hold()

        assertThrows(CouponError.budgetSpent(code: "TEN", left: book.money(50))) { try book.hold("TEN", 600) }
        assertThrows(CouponError.budgetSpent(code: "TEN", left: book.money(150))) {
            try book.register(.sale(1_600).with { $0.hold = hold.id })
        }
        XCTAssertEqual(try book.register(.sale(1_500).with { $0.hold = hold.id }).amounts.discount.minor, 150)

        XCTAssertEqual(try book.coupon("TEN").spent.minor, 150)
        XCTAssertEqual(try book.coupon("TEN").heldMoney.minor, 0)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testACustomersOwnHoldDoesNotStandInTheirWay() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        try book.make(book.tenPercent { ($0.limit, $0.perCustomer) = (1, 1) })
        let hold = try book.hold(by: anna)

        assertThrows(CouponError.customerLimit(code: "TEN", limit: 1)) {
            try book.write { try CouponWriter($0, book.occasion).update("TEN") { $0.limit = 5 } }
            return try book.hold(by: anna)
        }
        assertThrows(CouponError.noHold) {
            try book.register(.sale(1_000, to: .customer(bert)).with { $0.hold = hold.id })
        }
        let order = try book.register(.sale(1_000, to: .customer(anna)).with { $0.coupon = "TEN" })

        XCTAssertEqual(try book.read { try CouponReader($0).hold(hold.id) }.order, order.order)
        XCTAssertEqual(try book.coupon("TEN").held, 0)
        assertThrows(CouponError.customerLimit(code: "TEN", limit: 1)) {
            try book.register(.sale(1_000, to: .customer(anna)).with { $0.coupon = "TEN" })
        }
        assertThrows(CouponError.needsCustomer(code: "TEN")) { try book.hold() }
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testACommitRedeemsForAnOrderThatStandsAndHasNoCoupon() throws {
        let book = try Book()
        try book.make(book.tenPercent())
        let anna = try book.create(name: "Anna")
        let order = try book.register(.sale(900, to: .customer(anna))).order

        let hold = try book.hold(by: anna, channel: "shop")
        XCTAssertEqual(try book.commit(hold, for: order).order, order)
        XCTAssertEqual(try book.commit(hold, for: order).order, order)

        XCTAssertEqual(try book.order(order).coupon, "TEN")
        XCTAssertEqual(try book.order(order).amounts.total.minor, 900)
        XCTAssertEqual(try book.coupon("TEN").used, 1)
        XCTAssertEqual(try book.coupon("TEN").spent.minor, 100)
        assertThrows(CouponError.orderHasCoupon(order: order)) { try book.commit(book.hold(by: anna), for: order) }
        let cancelled = try book.register(.sale(900, state: .cancelled)).order
        assertThrows(CouponError.orderNotCounted(order: cancelled)) { try book.commit(book.hold(), for: cancelled) }
        let other = try book.register(.sale(900)).order
        assertThrows(CouponError.noHold) { try book.commit(book.hold(by: anna), for: other) }
        assertThrows(CouponError.noHold) { try book.commit(book.hold(channel: "pos"), for: other) }
        let dollars = try book.register(.sale(900, "USD")).order
        assertThrows(CouponError.wrongCurrency(code: "TEN", currency: book.occasion.shop.currency)) {
            try book.commit(book.hold(), for: dollars)
        }
        try book.update(order, to: .cancelled)
        XCTAssertEqual(try book.coupon("TEN").used, 0)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAnArchivedCouponKeepsWhatIsHeldAndGivesNothingElse() throws {
        let book = try Book()
        try book.make(book.tenPercent())
        let hold = try book.hold()

        try book.archive("ten")
        try book.archive("ten")

        assertThrows(CouponError.archived(code: "TEN")) { try book.hold() }
        assertThrows(CouponError.archived(code: "TEN")) {
            try book.register(.sale(1_000).with { $0.coupon = "TEN" })
        }
        XCTAssertEqual(try book.register(.sale(1_000).with { $0.hold = hold.id }).amounts.discount.minor, 100)
        XCTAssertEqual(try book.timeline().count { $0.topic == "coupon.archived" }, 1)
    }

    func testHoldsThatEndedLongAgoAreForgottenAndNoNumberIsGivenTwice() throws {
        let book = try Book()
        try book.make(book.tenPercent())
        let old = try book.hold()
        let last = try book.hold()
        try book.release(old)
        try book.release(last)
        let later = book.after(seconds: 31 * 86_400)

        try later.write { try CouponWriter($0, later.occasion).sweep() }

        assertThrows(CouponError.noHold) { try later.release(old) }
        assertThrows(CouponError.noHold) { try later.release(last) }
        XCTAssertGreaterThan(try later.hold().id.rawValue, last.id.rawValue)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testTheSchemaItselfRefusesToHoldTooMuch() throws {
        let book = try Book()
        try book.make(book.tenPercent { ($0.limit, $0.budget) = (1, book.money(150)) })
        try book.hold()

        for plant: @Sendable (WriteTransaction) throws -> Void in [
            { try $0.execute("UPDATE coupon SET used = used + 1") },
            { try $0.execute("UPDATE coupon SET held = held + 1") },
            { try $0.execute("UPDATE coupon SET held = -1") },
            { try $0.execute("UPDATE coupon SET held_minor = held_minor + 51") },
            { try $0.execute("UPDATE coupon_hold SET order_id = 1") },
            { try $0.execute("UPDATE coupon_hold SET expires_at = held_at") },
        ] {
            XCTAssertThrowsError(try book.write(plant)) {
                // SQLITE_CONSTRAINT_CHECK: https://sqlite.org/rescode.html#constraint_check
                XCTAssertEqual(($0 as? StorageError)?.code, 275, "\($0)")
            }
        }
        try book.write { try $0.execute("UPDATE coupon SET held = 0") }
        XCTAssertEqual(try book.mismatches(), ["TEN"])
    }
}
