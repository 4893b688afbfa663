import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class OrderChangeTests: XCTestCase {
    func testACancelledOrderLeavesTheTotals() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let first = try book.register(.sale(100, to: .customer(anna)).with { $0.placedAt = Instant(seconds: 1_000) })
        let second = try book.register(.sale(50, to: .customer(anna)).with { $0.placedAt = Instant(seconds: 2_000) })
        XCTAssertEqual(try book.customer(anna).lastOrderAt, Instant(seconds: 2_000))

        try book.update(second.order, to: .cancelled)

        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [100])
        XCTAssertEqual(try book.customer(anna).orderCount, 1)
        XCTAssertEqual(try book.customer(anna).lastOrderAt, Instant(seconds: 1_000))
        try book.update(first.order, to: .expired)
        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [0])
        XCTAssertEqual(try book.customer(anna).orderCount, 0)
        XCTAssertNil(try book.customer(anna).lastOrderAt)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARefundedOrderCountsWithNothingInTheTotals() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let order = try book.register(.sale(100, to: .customer(anna))).order
        _ = try book.register(.sale(30, to: .customer(anna)))

        try book.update(order, to: .refunded)

        XCTAssertEqual(try book.order(order).refunded.minor, 100)
        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [30])
        XCTAssertEqual(try book.customer(anna).orderCount, 2)
        XCTAssertEqual(try book.customer(anna).lastOrderAt, Book.now)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAnOrderRegisteredAsRefundedCountsWithNothingInTheTotals() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        let order = try book.register(.sale(100, to: .customer(anna), state: .refunded)).order
        let back = try book.register(.sale(40, to: .customer(anna), kind: .return, state: .refunded)).order

        XCTAssertEqual(try book.order(order).refunded.minor, 100)
        XCTAssertEqual(try book.order(back).refunded.minor, -40)
        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [0])
        XCTAssertEqual(try book.customer(anna).orderCount, 1)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testEachChangeOfAnOrderRaisesItsRevision() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let order = try book.register(.sale(100)).order
        XCTAssertEqual(try book.order(order).rev, 1)

        try book.update(order, to: .confirmed)
        XCTAssertEqual(try book.order(order).rev, 2)
        try book.move(order, to: anna)
        XCTAssertEqual(try book.order(order).rev, 3)
        try book.move(order, to: anna)

        XCTAssertEqual(try book.order(order).rev, 3)
    }

    func testAnUpdateOfARevisionThatHasGoneIsRefused() throws {
        let book = try Book()
        let order = try book.register(.sale(100)).order
        var change = OrderChange()
        change.state = .confirmed
        let asked = change
        try book.write { try OrderWriter($0, book.occasion).update(order, ifRevision: 1, asked) }

        for revision in [Int64(1), 3] {
            assertThrows(OrderError.staleRevision(current: 2)) {
                try book.write { try OrderWriter($0, book.occasion).update(order, ifRevision: revision, asked) }
            }
        }

        XCTAssertEqual(try book.order(order).rev, 2)
        try book.write { try OrderWriter($0, book.occasion).update(order, ifRevision: 2, asked) }
        XCTAssertEqual(try book.order(order).rev, 3)
    }

    func testAClosedOrderDoesNotChangeItsState() throws {
        let book = try Book()
        for closed in [OrderState.cancelled, .refunded, .expired] {
            let order = try book.register(.sale(100)).order
            try book.update(order, to: closed)

            for state in OrderState.allCases where state != closed {
                assertThrows(OrderError.closed(closed)) { try book.update(order, to: state) }
            }
            try book.update(order, to: closed)
            XCTAssertEqual(try book.order(order).state, closed)
        }
    }

    func testAnUpdateKeepsWhatItDoesNotName() throws {
        let book = try Book()
        let draft = try OrderDraft.sale(100).with { draft in
            draft.channelState = "new"
            draft.paidMinor = 30
            draft.details = JSONWriter.object { $0.member("a", true) }
        }
        let id = try book.register(draft).order
        let before = try book.order(id)

        try book.write { try OrderWriter($0, book.occasion).update(id, OrderChange()) }
        let same = try book.order(id)
        XCTAssertEqual(same.state, before.state)
        XCTAssertEqual(same.channelState, before.channelState)
        XCTAssertEqual([same.paid, same.refunded], [before.paid, before.refunded])
        XCTAssertEqual(same.details, before.details)
        XCTAssertEqual(same.amounts, before.amounts)
        var change = OrderChange()
        change.channelState = "packed"
        change.isPaidInFull = true
        let asked = change
        try book.write { try OrderWriter($0, book.occasion).update(id, asked) }

        let after = try book.order(id)
        XCTAssertEqual(after.channelState, "packed")
        XCTAssertEqual(after.paid.minor, 100)
        XCTAssertEqual(after.state, .open)
        XCTAssertEqual(after.details, before.details)
        assertThrows(OrderError.notFound) { try book.update(OrderID(rawValue: 9), to: .completed) }
    }

    func testAMovedOrderTakesItsTotalsAlongAndKeepsItsBuyer() throws {
        let book = try Book()
        let bert = try book.create(name: "Bert")
        let registration = try book.register(.sale(100, to: book.buyer(name: "Anna")))
        let anna = try XCTUnwrap(registration.match.customer)
        let snapshot = try book.order(registration.order).buyer

        try book.move(registration.order, to: bert)
        try book.move(registration.order, to: bert)

        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [0])
        XCTAssertEqual(try book.customer(anna).orderCount, 0)
        XCTAssertNil(try book.customer(anna).lastOrderAt)
        XCTAssertEqual(try book.customer(bert).totals.map(\.minor), [100])
        XCTAssertEqual(try book.customer(bert).orderCount, 1)
        XCTAssertEqual(try book.customer(bert).lastOrderAt, Book.now)
        XCTAssertEqual(try book.customer(bert).channels, ["shop"])
        XCTAssertEqual(try book.order(registration.order).match.customer, bert)
        XCTAssertEqual(try book.order(registration.order).match.reason, .given)
        XCTAssertEqual(try book.order(registration.order).buyer, snapshot)
        XCTAssertEqual(try book.timeline().count { $0.topic == "order.moved" }, 2)
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAMovedOrderTakesItsChannelAlongWhenNoOtherOrderCameThroughIt() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        func register(_ channel: String) throws -> OrderID {
            try book.register(.sale(100, channel: channel, to: .customer(anna))).order
        }
        let first = try register("shop")
        let second = try register("shop")
        _ = try register("pos")

        try book.move(first, to: bert)
        XCTAssertEqual(Set(try book.customer(anna).channels), ["pos", "shop"])
        try book.update(second, to: .cancelled)
        XCTAssertEqual(Set(try book.customer(anna).channels), ["pos", "shop"])
        try book.move(second, to: bert)

        XCTAssertEqual(try book.customer(anna).channels, ["pos"])
        XCTAssertEqual(try book.customer(bert).channels, ["shop"])
    }

    func testACancelledOrderMovesWithoutTotals() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        let order = try book.register(.sale(100, to: .customer(anna))).order
        try book.update(order, to: .cancelled)

        try book.move(order, to: bert)

        XCTAssertEqual(try book.customer(bert).totals.map(\.minor), [0])
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testARealOrderMovedToATestCustomerCountsNowhere() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let test = try book.create(name: "Test", isTest: true)
        let order = try book.register(.sale(100, to: .customer(anna))).order

        try book.move(order, to: test)

        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [0])
        XCTAssertEqual(try book.customer(test).totals.map(\.minor), [0])
        XCTAssertEqual(try book.mismatches(), [])
        try book.move(order, to: anna)
        XCTAssertEqual(try book.customer(anna).totals.map(\.minor), [100])
        XCTAssertEqual(try book.mismatches(), [])
    }

    func testAnOrderMovesOnlyToSomebodyWhoIsThere() throws {
        let book = try Book()
        let order = try book.register(.sale(100)).order
        let erased = try book.create(name: "Anna")
        try book.write {
            try $0.execute("UPDATE customer SET status = 'erased' WHERE id = ?", .integer(erased.rawValue))
        }

        assertThrows(CustomerError.notFound) { try book.move(order, to: CustomerID(rawValue: 9)) }
        assertThrows(CustomerError.erased) { try book.move(order, to: erased) }
        assertThrows(OrderError.notFound) { try book.move(OrderID(rawValue: 9), to: erased) }
    }

    func testTheLastOrderOfWhomIsLeftWithOneFromBefore1970IsKeptRight() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        _ = try book.register(.sale(100, to: .customer(anna)).with { $0.placedAt = Instant(seconds: -1_000) })
        let late = try book.register(.sale(50, to: .customer(anna))).order

        try book.update(late, to: .cancelled)

        XCTAssertEqual(try book.mismatches(), [])
    }
}
