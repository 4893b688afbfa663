import Registry
import TestSupport
import XCTest

final class OrderListTests: XCTestCase {
    private func all(_ filter: OrderFilter, in book: Book, limit: Int) throws -> [OrderID] {
        try book.read { transaction in
            var found: [OrderID] = []
            var cursor: OrderCursor?
            repeat {
                let page = try OrderReader(transaction).orders(filter, after: cursor, limit: limit)
                XCTAssertLessThanOrEqual(page.orders.count, limit)
                found += page.orders.map(\.id)
                cursor = page.next
            } while cursor != nil
            return found
        }
    }

    func testPagesShowEveryOrderOnceNewestFirst() throws {
        let book = try Book()
        var random = SeededGenerator(seed: 4)
        var placed: [(at: Int64, id: OrderID)] = []
        for _ in 0..<60 {
            let seconds = Int64.random(in: 0..<20, using: &random)
            let draft = try OrderDraft.sale(100).with { $0.placedAt = Instant(seconds: seconds) }
            placed.append((seconds, try book.register(draft).order))
        }
        let expected = placed.sorted { ($0.at, $0.id.rawValue) > ($1.at, $1.id.rawValue) }.map(\.id)

        for limit in [1, 7, 60, 1_000] {
            XCTAssertEqual(try all(OrderFilter(), in: book, limit: limit), expected, "\(limit) a page")
        }
    }

    func testFiltersLeaveOutWhatDoesNotFit() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let first = try book.register(.sale(1, to: .customer(anna)).with { $0.placedAt = Instant(seconds: 100) }).order
        let second = try book.register(.sale(1, channel: "pos").with { $0.placedAt = Instant(seconds: 200) }).order
        let third = try book.register(
            .sale(1, to: .customer(anna), state: .completed).with { $0.placedAt = Instant(seconds: 300) }
        ).order
        func found(_ change: (inout OrderFilter) -> Void) throws -> [OrderID] {
            var filter = OrderFilter()
            change(&filter)
            return try all(filter, in: book, limit: 1)
        }

        XCTAssertEqual(try found { $0.customer = anna }, [third, first])
        XCTAssertEqual(try found { $0.channel = "pos" }, [second])
        XCTAssertEqual(try found { $0.state = .completed }, [third])
        XCTAssertEqual(try found { $0.from = Instant(seconds: 200) }, [third, second])
        XCTAssertEqual(try found { $0.to = Instant(seconds: 200) }, [first])
        XCTAssertEqual(
            try found { filter in
                filter.customer = anna
                filter.from = Instant(seconds: 100)
                filter.to = Instant(seconds: 300)
            }, [first])
    }
}
