import Registry
import Storage
import TestSupport
import XCTest

final class CustomerListTests: XCTestCase {
    private func all(_ query: CustomerQuery, in book: Book, sizes: [Int]) throws -> [Customer] {
        try book.read { transaction in
            var found: [Customer] = []
            var cursor: CustomerCursor?
            var page = 0
            repeat {
                let limit = sizes[page % sizes.count]
                let result = try CustomerList(transaction, book.occasion.shop).page(query, after: cursor, limit: limit)
                XCTAssertLessThanOrEqual(result.customers.count, limit)
                found += result.customers
                cursor = result.next
                page += 1
            } while cursor != nil && page < 2_000
            return found
        }
    }

    private func crowd(_ count: Int, _ random: inout SeededGenerator) throws -> Book {
        let book = try Book()
        let names = ["Anna", "Bert", "Émile", "Öz", "Zoë", "김", "anna", "Ab", "A"]
        for number in 0..<count {
            let email =
                Int.random(in: 0..<3, using: &random) == 0 ? nil : "c\(number * 7919 % 1000)-\(number)@example.org"
            let at = book.after(seconds: Int64.random(in: -20...20, using: &random))
            let customer = try at.create(name: names.randomElement(using: &random), email: email)
            for _ in 0..<Int.random(in: 0..<3, using: &random) {
                let draft = try OrderDraft.sale(Int64.random(in: 0..<5, using: &random), to: .customer(customer))
                let placedAt = Instant(seconds: Int64.random(in: 1..<10, using: &random))
                _ = try book.register(draft.with { $0.placedAt = placedAt })
            }
        }
        return book
    }

    /// Whether two neighbours stand in the order of a sort.
    private func isInOrder(_ left: Customer, _ right: Customer, _ sort: CustomerQuery.Sort) -> Bool {
        func total(_ customer: Customer) -> Int64 { customer.totals.first?.minor ?? 0 }
        func key(_ text: String?) -> [UInt8] { Array((text ?? "").utf8) }
        switch sort {
        case .number: return left.number < right.number
        case .name:
            let (one, two) = (
                key(left.fields.fullName.map(Folding.folded)), key(right.fields.fullName.map(Folding.folded))
            )
            return !two.lexicographicallyPrecedes(one)
        case .email: return key(left.fields.email?.key).lexicographicallyPrecedes(key(right.fields.email?.key))
        case .joined: return left.joinedAt <= right.joinedAt
        case .orders: return left.orderCount <= right.orderCount
        case .total: return total(left) <= total(right)
        case .lastOrder: return (left.lastOrderAt?.seconds ?? 0) <= (right.lastOrderAt?.seconds ?? 0)
        }
    }

    func testPagesOfAnySizeShowEveryCustomerOnceInEverySortAndDirection() throws {
        var random = SeededGenerator(seed: 5)
        let book = try crowd(500, &random)
        for sort in CustomerQuery.Sort.allCases {
            for isDescending in [false, true] {
                var query = CustomerQuery()
                query.sort = sort
                query.isDescending = isDescending
                let sizes = (0..<9).map { _ in Int.random(in: 1...60, using: &random) }

                let found = try all(query, in: book, sizes: sizes)

                let label = "\(sort) \(isDescending)"
                let expected = try (1...500).map { try book.customer(CustomerID(rawValue: $0)) }
                    .filter { sort != .email || $0.fields.email != nil }
                XCTAssertEqual(found.count, expected.count, label)
                XCTAssertEqual(Set(found.map(\.id)), Set(expected.map(\.id)), label)
                let ascending = isDescending ? found.reversed() : found
                for (left, right) in zip(ascending, ascending.dropFirst()) {
                    XCTAssertTrue(isInOrder(left, right, sort), "\(label): \(left.number), \(right.number)")
                }
            }
        }
    }

    func testFiltersFitTogetherInEveryDirection() throws {
        let book = try Book()
        let ids = try (0..<24).map { try book.create(name: "Customer \($0)") }
        for (index, id) in ids.enumerated() {
            try book.write { transaction in
                if index % 2 == 0 { try TagWriter(transaction, book.occasion).assign("Even", to: id) }
                if index % 3 == 0 {
                    try ConsentWriter(transaction, book.occasion).record(
                        ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil), by: id, channel: nil)
                }
                if index % 4 == 0 {
                    try CustomerWriter(transaction, book.occasion).deny(id, DenialReasons(inner: nil, outer: nil))
                }
                if index == 23 { try transaction.execute("UPDATE customer SET status = 'erased' WHERE number = 24") }
            }
            if index % 4 == 2 { _ = try book.register(.sale(1, channel: "pos", to: .customer(id))) }
        }
        func found(_ change: (inout CustomerQuery) -> Void) throws -> [Int] {
            var query = CustomerQuery()
            change(&query)
            let forward = try all(query, in: book, sizes: [1, 5])
            query.isDescending = true
            let backward = try all(query, in: book, sizes: [3])
            XCTAssertEqual(forward.map(\.id), backward.reversed().map(\.id))
            let asked = query
            XCTAssertEqual(
                try book.read { try CustomerList($0, book.occasion.shop).count(asked) }, forward.count)
            return forward.map { Int($0.number) - 1 }
        }
        let everybody = Array(0..<23)

        XCTAssertEqual(try found { _ in }, everybody)
        XCTAssertEqual(try found { $0.status = .erased }, [23])
        XCTAssertEqual(try found { $0.status = .denied }, everybody.filter { $0 % 4 == 0 })
        XCTAssertEqual(try found { $0.status = .active }, everybody.filter { $0 % 4 != 0 })
        XCTAssertEqual(try found { $0.tag = "EVEN" }, everybody.filter { $0 % 2 == 0 })
        XCTAssertEqual(try found { $0.tag = "none" }, [])
        XCTAssertEqual(try found { $0.isSubscribed = true }, everybody.filter { $0 % 3 == 0 })
        XCTAssertEqual(try found { $0.isSubscribed = false }, everybody.filter { $0 % 3 != 0 })
        XCTAssertEqual(try found { $0.channel = "pos" }, everybody.filter { $0 % 4 == 2 })
        XCTAssertEqual(
            try found { query in
                query.tag = "even"
                query.isSubscribed = true
                query.status = .active
            }, [6, 18])
    }

    func testManyCandidatesWithFewMatchesStillEnd() throws {
        let book = try Book()
        for number in 1...2_300 { try book.create(name: "Anneliese", isTest: number == 2_250) }
        var query = CustomerQuery()
        query.isTest = true
        query.sort = .name
        let asked = query

        let pages = try book.read { transaction in
            var pages: [[Int64]] = []
            var cursor: CustomerCursor?
            repeat {
                let page = try CustomerList(transaction, book.occasion.shop).page(asked, after: cursor, limit: 100)
                pages.append(page.customers.map(\.number))
                cursor = page.next
            } while cursor != nil
            return pages
        }

        XCTAssertEqual(pages, [[], [2_250]])
    }
}
