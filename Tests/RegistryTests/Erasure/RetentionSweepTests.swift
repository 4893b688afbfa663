import Storage
import StrictJSON
import XCTest

@testable import Registry

final class RetentionSweepTests: XCTestCase {
    private func sweep(in book: Book) throws -> RetentionSweep.Outcome {
        try book.write { try RetentionSweep($0, book.occasion).run() }
    }

    /// An erased customer with an order of 11 years ago and one of now.
    private func erased(in book: Book) throws -> (customer: CustomerID, old: OrderID, new: OrderID) {
        let buyer = try book.buyer(name: "Anna", email: "anna@example.org")
        var draft = try OrderDraft.sale(1, to: buyer)
        draft.placedAt = Instant(seconds: Book.now.seconds - 11 * 366 * 86_400)
        let old = try book.register(draft)
        let new = try book.register(OrderDraft.sale(2, to: buyer))
        let customer = try XCTUnwrap(old.match.customer)
        try book.write { transaction in
            _ = try CustomerEraser(transaction, book.occasion) { $1 }.erase(customer)
        }
        return (customer, old.order, new.order)
    }

    func testOldOrdersOfErasedPeopleBecomeNobodys() throws {
        let book = try Book()
        let (customer, old, new) = try erased(in: book)
        let kept = try book.order(old)

        XCTAssertEqual(try sweep(in: book), RetentionSweep.Outcome(orders: 1, customers: 1, isMoreLeft: false))

        let order = try book.order(old)
        XCTAssertNil(order.match.customer)
        XCTAssertEqual(order.buyer.text, "{}")
        XCTAssertEqual(order.details.text, "{}")
        XCTAssertEqual(order.amounts, kept.amounts)
        XCTAssertEqual(try book.order(new).match.customer, customer)
        XCTAssertEqual(try book.customer(customer).orderCount, 1)
        XCTAssertEqual(try book.timeline().filter { $0.order == old && $0.customer != nil }, [])
        XCTAssertEqual(try book.mismatches(), [])
        XCTAssertEqual(try sweep(in: book).orders, 0)
    }

    func testOrdersOfOthersAndOfShopsThatKeepThemForEverStay() throws {
        let book = try Book()
        var draft = try OrderDraft.sale(1, to: book.buyer(name: "Bo"))
        draft.placedAt = Instant(seconds: Book.now.seconds - 11 * 366 * 86_400)
        let bos = try book.register(draft)

        XCTAssertEqual(try sweep(in: book).orders, 0)
        XCTAssertNotNil(try book.order(bos.order).match.customer)

        let keeping = try Book().under { $0.retentionYears = nil }
        _ = try erased(in: keeping)
        XCTAssertEqual(try sweep(in: keeping).orders, 0)
    }
}
