import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class CouponChangeTests: XCTestCase {
    func testAChangeHoldsFromNowOn() throws {
        let book = try Book()
        try book.make(book.tenPercent { ($0.limit, $0.products) = (1, ["A", "B"]) })
        let ends = Instant(seconds: Book.now.seconds + 100)

        try book.change("ten") { terms in
            terms.benefit = .amount(book.money(300))
            terms.minimum = book.money(1_000)
            terms.endsAt = ends
            terms.limit = nil
            terms.products = []
            terms.code = "OTHER"
            terms.campaign = "spring"
        }

        let changed = try book.coupon("TEN").terms
        XCTAssertEqual(changed.code, "TEN")
        XCTAssertEqual(changed.benefit, .amount(book.money(300)))
        XCTAssertEqual(changed.products, [])
        XCTAssertEqual(changed.endsAt, ends)
        XCTAssertNil(changed.limit)
        XCTAssertEqual(try book.register(.sale(1_000).with { $0.coupon = "TEN" }).amounts.discount.minor, 300)
        XCTAssertEqual(
            try book.timeline().first { $0.topic == "coupon.updated" }?.data.text,
            #"{"code":"TEN","fields":["benefit","minimum","ends","limit","products","campaign"]}"#)
        try book.change("ten") { _ in }
        XCTAssertEqual(try book.timeline().count { $0.topic == "coupon.updated" }, 1)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testALimitCannotGoBelowWhatIsUsedAndHeld() throws {
        let book = try Book()
        try book.make(book.tenPercent { ($0.limit, $0.budget) = (9, book.money(900)) })
        _ = try book.register(.sale(1_000).with { $0.coupon = "TEN" })
        try book.hold("TEN", 2_000)

        assertThrows(CouponError.limitTooLow(code: "TEN", used: 1, held: 1)) { try book.change("TEN") { $0.limit = 1 } }
        assertThrows(CouponError.budgetTooLow(code: "TEN", spent: book.money(100), held: book.money(200))) {
            try book.change("TEN") { $0.budget = book.money(299) }
        }
        try book.change("TEN") { ($0.limit, $0.budget) = (2, book.money(300)) }
        try book.after(seconds: 900).change("TEN") { ($0.limit, $0.budget) = (1, book.money(100)) }

        XCTAssertEqual(try book.coupon("TEN").terms.limit, 1)
        XCTAssertEqual(try book.coupon("TEN").held, 0)
        assertThrows(CouponError.notFound) { try book.change("NONE") { _ in } }
    }

    func testOnlyWhatWasNeverUsedIsDeleted() throws {
        let book = try Book()
        try book.make(book.tenPercent { $0.products = ["A"] })
        try book.make(book.tenPercent("USED"))
        try book.make(book.tenPercent("HELD"))
        let order = try book.register(.sale(1_000).with { $0.coupon = "USED" }).order
        try book.update(order, to: .cancelled)
        let hold = try book.hold("HELD")

        try book.delete("ten")
        assertThrows(CouponError.wasUsed(code: "USED")) { try book.delete("used") }
        assertThrows(CouponError.wasUsed(code: "HELD")) { try book.delete("held") }
        try book.release(hold)
        // The newest hold keeps its number from being given out again.
        assertThrows(CouponError.wasUsed(code: "HELD")) { try book.delete("held") }
        _ = try book.hold("USED")
        try book.delete("held")

        assertThrows(CouponError.notFound) { try book.coupon("TEN") }
        assertThrows(CouponError.noHold) { try book.release(hold) }
        XCTAssertEqual(try book.coupon("USED").used, 0)
        XCTAssertEqual(try book.codes(), ["USED"])
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testGeneratedCodesAreDifferentAndCanBeReadAloud() throws {
        let book = try Book()
        let terms = try book.tenPercent("") { ($0.campaign, $0.limit) = ("xmas", 1) }

        let codes = try book.write {
            try CouponWriter($0, book.occasion).generate(2_000, prefix: "X-", length: 8, terms)
        }

        XCTAssertEqual(Set(codes).count, 2_000)
        XCTAssertTrue(codes.allSatisfy { $0.hasPrefix("X-") && $0.count == 10 })
        XCTAssertEqual(Set(codes.joined()).intersection("0O1I"), [])
        XCTAssertEqual(Set(codes.flatMap { $0.dropFirst(2) }).count, 32)
        XCTAssertEqual(try book.coupon(codes[7].lowercased()).terms.campaign, "xmas")
        XCTAssertEqual(try book.codes(limit: 999) { $0.campaign = "xmas" }, codes)
        XCTAssertEqual(try book.timeline().map(\.topic), ["coupon.generated"])
        XCTAssertEqual(try book.timeline().first?.data.text, #"{"count":2000,"campaign":"xmas"}"#)
        assertThrows(CouponError.tooFewCodes) {
            try book.write { try CouponWriter($0, book.occasion).generate(2_000, prefix: "", length: 4, terms) }
        }
    }

    func testACouponForGroupsIsForTheirMembersAlone() throws {
        let book = try Book().under { $0.groupsAreExclusive = false }
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        let (gold, press) = try book.write { transaction in
            let writer = GroupWriter(transaction, book.occasion)
            let gold = try writer.create("Gold", isTaxExempt: false).id
            try writer.assign(anna, to: gold)
            return (gold, try writer.create("Press", isTaxExempt: false).id)
        }
        try book.make(book.tenPercent { $0.groups = [press, gold] })
        func buy(_ buyer: Buyer) throws -> Int64 {
            try book.register(.sale(1_000, to: buyer).with { $0.coupon = "TEN" }).amounts.discount.minor
        }

        XCTAssertEqual(try book.coupon("TEN").groupNames, ["Gold", "Press"])
        XCTAssertEqual(try buy(.customer(anna)), 100)
        assertThrows(CouponError.wrongGroup(code: "TEN")) { try buy(.customer(bert)) }
        assertThrows(CouponError.wrongGroup(code: "TEN")) { try buy(book.buyer(name: "New")) }
        assertThrows(CouponError.needsCustomer(code: "TEN")) { try buy(.anonymous) }

        // A coupon whose groups are gone is not suddenly everybody's.
        try book.write { transaction in
            let writer = GroupWriter(transaction, book.occasion)
            _ = try writer.delete(gold)
            _ = try writer.delete(press)
        }
        XCTAssertEqual(try book.coupon("TEN").terms.groups, [])
        assertThrows(CouponError.wrongGroup(code: "TEN")) { try buy(.customer(anna)) }
        try book.change("TEN") { $0.groups = nil }
        XCTAssertEqual(try buy(.customer(bert)), 100)
        XCTAssertEqual(try book.read { try $0.integrityProblems() }, [])
    }

    func testAListShowsWhatIsAskedForPageByPage() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for (code, campaign) in [("Sun 1", "sun"), ("SUN3", "sun"), ("RAIN", nil), ("sun2", "sun"), ("SU", nil)] {
            try book.make(book.tenPercent(code) { $0.campaign = campaign })
        }
        try book.make(book.tenPercent("OWN") { ($0.customer, $0.campaign) = (anna, "own") })
        try book.archive("SUN2")

        XCTAssertEqual(try book.codes(), ["Sun 1", "SUN3", "RAIN", "SU", "OWN"])
        XCTAssertEqual(try book.codes(limit: 1) { $0.isArchived = true }, ["sun2"])
        XCTAssertEqual(try book.codes(limit: 1) { $0.campaign = "sun" }, ["Sun 1", "SUN3"])
        XCTAssertEqual(try book.codes(limit: 1) { $0.prefix = "su" }, ["SU", "Sun 1", "SUN3"])
        XCTAssertEqual(try book.codes { ($0.prefix, $0.campaign, $0.isArchived) = ("S", "sun", true) }, ["sun2"])
        XCTAssertEqual(try book.codes(limit: 1) { $0.customer = anna }, ["OWN"])
        XCTAssertEqual(try book.codes { ($0.customer, $0.campaign) = (anna, "sun") }, [])
    }

    func testWhatARefundGivesBackIsAPolicy() throws {
        for (release, state, used) in [
            (Policies.CouponRelease.cancel, OrderState.refunded, 1), (.cancel, .cancelled, 0), (.cancel, .expired, 0),
            (.cancelOrRefund, .refunded, 0), (.cancelOrRefund, .cancelled, 0), (.cancelOrRefund, .expired, 0),
            (.never, .refunded, 1), (.never, .cancelled, 1), (.never, .expired, 1),
        ] as [(Policies.CouponRelease, OrderState, Int64)] {
            let book = try Book().under { $0.couponRelease = release }
            try book.make(book.tenPercent())
            let order = try book.register(.sale(1_000).with { $0.coupon = "TEN" }).order
            try book.update(order, to: state)
            XCTAssertEqual(try book.coupon("TEN").used, used, "\(release) \(state)")

            // An order that comes in so leaves the same behind.
            let closed = try book.register(.sale(1_000, state: state).with { $0.coupon = "TEN" }).order
            try book.update(closed, to: state)
            XCTAssertEqual(try book.coupon("TEN").used, 2 * used, "\(release) \(state)")
            XCTAssertEqual(try book.mismatches(), [])
        }
    }

    func testAFirstOrderThatWasCancelledWithoutReleaseWasTheFirst() throws {
        let book = try Book().under { $0.couponRelease = .never }
        let anna = try book.create(name: "Anna")
        try book.make(book.tenPercent { $0.isFirstOrderOnly = true })
        let order = try book.register(.sale(1_000, to: .customer(anna)).with { $0.coupon = "TEN" }).order
        try book.update(order, to: .cancelled)
        try book.update(anna) { try $0.set(.email, to: "new@example.org", country: book.occasion.shop.country) }

        assertThrows(CouponError.notFirstOrder(code: "TEN")) {
            try book.register(.sale(1_000, channel: "pos", to: .customer(anna)).with { $0.coupon = "TEN" })
        }
    }
}
