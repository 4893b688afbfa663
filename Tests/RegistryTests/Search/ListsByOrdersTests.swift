import Registry
import Storage
import XCTest

/// Lists by orders where many customers are and few have what the list begins with.
final class ListsByOrdersTests: XCTestCase {
    /// 20,000 customers with one order each, but for every thousandth.
    private func crowd() throws -> Book {
        let book = try Book()
        try book.write { transaction in
            try transaction.execute(
                """
                WITH RECURSIVE numbers (id) AS (SELECT 1 UNION ALL SELECT id + 1 FROM numbers WHERE id < 20000)
                INSERT INTO customer (id, number, rev, name, name_key, account, source, is_test, joined_at, order_count,
                    last_order_at)
                SELECT id, id, 1, 'C', 'c', 'none', 'staff', 0, 0, id % 1000 <> 0, (id % 1000 <> 0) * id FROM numbers
                """)
        }
        return book
    }

    private func ids(_ book: Book, _ query: CustomerQuery, after start: CustomerCursor?, count: Int) throws -> [Int64] {
        var ids: [Int64] = []
        var cursor = start
        while ids.count < count {
            let position = cursor
            let page = try book.read { transaction in
                try CustomerList(transaction, book.occasion.shop).page(query, after: position, limit: 7)
            }
            ids += page.customers.map(\.id.rawValue)
            guard let next = page.next else { return ids }
            cursor = next
        }
        return Array(ids.prefix(count))
    }

    func testThoseWithoutOrdersComeFirstAndThoseWithOrdersBehindThem() throws {
        let book = try crowd()
        for sort in [CustomerQuery.Sort.orders, .lastOrder] {
            var query = CustomerQuery()
            query.sort = sort

            let found = try ids(book, query, after: nil, count: 30)

            XCTAssertEqual(found, (1...20).map { $0 * 1_000 } + Array(1...10), "\(sort)")
        }
    }

    func testThoseWithoutOrdersComeLastInTheOtherDirection() throws {
        let book = try crowd()
        for sort in [CustomerQuery.Sort.orders, .lastOrder] {
            var query = CustomerQuery()
            query.sort = sort
            query.isDescending = true
            let start = CustomerCursor(text: "", number: sort == .orders ? 1 : 4, tie: 4)

            let found = try ids(book, query, after: start, count: 100)

            XCTAssertEqual(found, [3, 2, 1] + (1...20).reversed().map { $0 * 1_000 }, "\(sort)")
        }
    }
}
