import Storage
import TestSupport
import XCTest

@testable import Registry

final class DuplicateTests: XCTestCase {
    private func page(_ book: Book, after cursor: DuplicateCursor? = nil, limit: Int = 100) throws
        -> (pairs: [Duplicate], next: DuplicateCursor?)
    {
        try book.read { try DuplicateReader($0).page(after: cursor, limit: limit) }
    }

    private func pairs(_ book: Book) throws -> [[Int64]] {
        try page(book).pairs.map { [$0.a.id.rawValue, $0.b.id.rawValue] }
    }

    func testWhatTwoHaveInCommonSpeaksForThem() throws {
        let book = try Book().under { $0.sharesEmail = true }
        try book.create(name: "Ann Öz", email: "a@example.org")
        try book.create(name: "Bo", email: "A@example.org")
        try book.create(name: "Cem", phone: "030 123456")
        try book.create(name: "CEM", phone: "+49 30 123456")
        try book.create(name: "Ann Oz", email: "b@example.org")
        try book.create(email: "nameless@example.org")
        try book.create(company: "Acme")
        try book.create(company: "ACME")

        let (found, next) = try page(book)

        XCTAssertNil(next)
        XCTAssertEqual(found.map { [$0.a.id.rawValue, $0.b.id.rawValue] }, [[1, 2], [3, 4], [7, 8], [1, 5]])
        XCTAssertEqual(found.map(\.reasons), [[.email], [.phone, .name], [.name], [.name]])
        XCTAssertEqual(found.map(\.score), [60, 80, 30, 30])
    }

    func testBirthdaysAndPlacesRaiseOrLowerTheScore() throws {
        let book = try Book()
        for birthday in ["1984-02-29", "1984-02-29", "1990-01-01"] {
            let id = try book.create(name: "Ann Öz")
            try book.update(id) { $0.birthday = birthday }
        }

        XCTAssertEqual(try page(book).pairs.map(\.score), [60, 0, 0])
    }

    func testWhoAreCalledDifferentAreSuggestedNoMore() throws {
        let book = try Book()
        let ids = try (0..<3).map { _ in try book.create(name: "Ann Öz") }

        try book.write { try DuplicateWriter($0, book.occasion).distinguish(ids[2], ids[0]) }
        try book.write { try DuplicateWriter($0, book.occasion).distinguish(ids[0], ids[2]) }

        XCTAssertEqual(try pairs(book), [[1, 2], [2, 3]])
        XCTAssertEqual(try book.timeline().filter { $0.topic == "customer.distinct" }.count, 2)
        assertThrows(MergeError.sameCustomer) {
            try book.write { try DuplicateWriter($0, book.occasion).distinguish(ids[0], ids[0]) }
        }
        assertThrows(CustomerError.notFound) {
            try book.write { try DuplicateWriter($0, book.occasion).distinguish(ids[0], CustomerID(rawValue: 9)) }
        }
    }

    func testWhoWasMergedAwayAndTestsAreNotSuggested() throws {
        let book = try Book()
        let ids = try (0..<3).map { _ in try book.create(name: "Ann Öz", phone: "030 123456") }
        try book.create(name: "Ann Öz", isTest: true)
        try book.merge(ids[2], into: ids[0])

        XCTAssertEqual(try pairs(book), [[1, 2]])
    }

    func testPagesOfAnySizeShowEveryPairOnce() throws {
        let book = try Book()
        try book.write { transaction in
            for index in 0..<2_500 {
                var fields = CustomerFields()
                fields.name = index % 50 == 0 ? "Ann" : "Customer \(index)"
                if index % 100 == 1 { fields.phoneKey = "+49301234\(index % 700)" }
                fields.phone = fields.phoneKey
                _ = try CustomerWriter(transaction, book.occasion).create(fields, source: "staff")
            }
        }
        let all = try page(book, limit: 1_000).pairs

        for limit in [1, 7, 64] {
            var cursor: DuplicateCursor?
            var found: [Duplicate] = []
            repeat {
                let next = try page(book, after: cursor, limit: limit)
                XCTAssertLessThanOrEqual(next.pairs.count, limit)
                found += next.pairs
                cursor = next.next
            } while cursor != nil
            XCTAssertEqual(found, all, "\(limit)")
        }
        XCTAssertEqual(Set(all.map { "\($0.a.id.rawValue) \($0.b.id.rawValue)" }).count, all.count)
        // Of fifty namesakes twenty are compared.
        XCTAssertEqual(all.filter { $0.reasons == [.name] }.count, 190)
        XCTAssertGreaterThan(all.filter { $0.reasons.first == .phone }.count, 20)
    }
}
