import Registry
import Storage
import TestSupport
import XCTest

/// A tag as a whole: made, renamed, merged and deleted with everybody who carries it.
final class WholeTagTests: XCTestCase {
    private func assign(_ name: String, to customer: CustomerID, in book: Book) throws {
        try book.write { try TagWriter($0, book.occasion).assign(name, to: customer) }
    }

    private func tag(_ name: String, in book: Book) throws -> TagID {
        try XCTUnwrap(book.read { try TagReader($0).tag(named: name) })
    }

    private func found(_ text: String, in book: Book) throws -> [CustomerID] {
        var query = CustomerQuery()
        query.search = text
        let asked = query
        return try book.read { try CustomerList($0, book.occasion.shop).page(asked, after: nil, limit: 99) }
            .customers.map(\.id)
    }

    func testATagIsMadeOnlyWhereNoneEqualsIt() throws {
        let book = try Book()

        let made = try book.write { try TagWriter($0, book.occasion).create("Großkunde") }

        XCTAssertEqual(made.customers, 0)
        assertThrows(TagError.exists(name: "Großkunde")) {
            try book.write { try TagWriter($0, book.occasion).create("GROSSKUNDE") }
        }
        assertThrows(TagError.blank) { try book.write { try TagWriter($0, book.occasion).create(" ") } }
    }

    func testARenamedTagIsFoundByItsNewNameOnEveryCustomer() throws {
        let book = try Book()
        let ids = try (1...3).map { try book.create(name: "Name \($0)") }
        for id in ids { try assign("Premium", to: id, in: book) }

        let premium = try tag("premium", in: book)
        let renamed = try book.write { try TagWriter($0, book.occasion).rename(premium, to: "Stammkunde") }

        XCTAssertEqual(renamed.name, "Stammkunde")
        XCTAssertEqual(renamed.customers, 3)
        XCTAssertEqual(try book.customer(ids[0]).tags, ["Stammkunde"])
        XCTAssertEqual(try found("stammk", in: book), ids)
        XCTAssertEqual(try found("premium", in: book), [])
    }

    func testATagIsNotRenamedToAnother() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for name in ["VIP", "Premium"] { try assign(name, to: anna, in: book) }
        let vip = try tag("vip", in: book)

        assertThrows(TagError.exists(name: "Premium")) {
            try book.write { try TagWriter($0, book.occasion).rename(vip, to: "PREMIUM") }
        }
        let renamed = try book.write { try TagWriter($0, book.occasion).rename(vip, to: "Vip") }

        XCTAssertEqual(renamed.name, "Vip")
        XCTAssertEqual(try book.customer(anna).tags, ["Premium", "Vip"])
    }

    func testMergedTagsAreOneOnEveryCustomer() throws {
        let book = try Book()
        let (anna, bert, cem) = (
            try book.create(name: "Anna"), try book.create(name: "Bert"), try book.create(name: "Cem")
        )
        try assign("VIP", to: anna, in: book)
        try assign("Premium", to: anna, in: book)
        try assign("Premium", to: bert, in: book)
        try assign("VIP", to: cem, in: book)
        let (vip, premium) = (try tag("vip", in: book), try tag("premium", in: book))

        let merged = try book.write { try TagWriter($0, book.occasion).merge(premium, into: vip) }

        XCTAssertEqual(merged.tag.name, "VIP")
        XCTAssertEqual(merged.tag.customers, 3)
        XCTAssertEqual(merged.moved, 1)
        XCTAssertEqual(try [anna, bert, cem].map { try book.customer($0).tags }, [["VIP"], ["VIP"], ["VIP"]])
        XCTAssertEqual(try found("vip", in: book), [anna, bert, cem])
        XCTAssertEqual(try found("premium", in: book), [])
        XCTAssertNil(try book.read { try TagReader($0).tag(named: "premium") })
        assertThrows(TagError.sameTag) { try book.write { try TagWriter($0, book.occasion).merge(vip, into: vip) } }
    }

    func testADeletedTagIsGoneFromEveryCustomer() throws {
        let book = try Book()
        let (anna, bert) = (try book.create(name: "Anna"), try book.create(name: "Bert"))
        for customer in [anna, bert] { try assign("Old", to: customer, in: book) }
        let old = try tag("old", in: book)

        let deleted = try book.write { try TagWriter($0, book.occasion).delete(old) }

        XCTAssertEqual(deleted.customers, 2)
        XCTAssertEqual(try book.customer(anna).tags, [])
        XCTAssertEqual(try found("old", in: book), [])
        assertThrows(TagError.notFound) { try book.write { try TagWriter($0, book.occasion).delete(old) } }
    }

    func testATagMovesInSteps() throws {
        let book = try Book()
        let ids = try (1...5).map { try book.create(name: "Name \($0)") }
        for id in ids { try assign("Old", to: id, in: book) }
        try assign("New", to: ids[1], in: book)
        let (old, new) = (try tag("old", in: book), try tag("new", in: book))

        let counts = try (1...3).map { _ in
            try book.write { try TagWriter($0, book.occasion).shift(2, from: old, to: new) }
        }

        XCTAssertEqual(counts, [2, 2, 1])
        XCTAssertEqual(try ids.map { try book.customer($0).tags }, Array(repeating: ["New"], count: 5))
        XCTAssertEqual(try found("new", in: book), ids)
        XCTAssertEqual(try found("old", in: book), [])
        XCTAssertEqual(try book.write { try TagWriter($0, book.occasion).shift(2, from: new, to: nil) }, 2)
        XCTAssertEqual(try found("new", in: book), Array(ids.dropFirst(2)))
        assertThrows(TagError.sameTag) {
            try book.write { try TagWriter($0, book.occasion).shift(2, from: new, to: new) }
        }
    }

    func testTheCountsOfTagsFollowWhateverIsDone() throws {
        let book = try Book()
        var generator = SeededGenerator(seed: 11)
        let customers = try (1...8).map { try book.create(name: "Name \($0)") }
        for _ in 0..<400 {
            let name = "t\(generator.below(6))"
            let other = "t\(generator.below(6))"
            let customer = generator.pick(customers)
            let action = generator.below(10)
            // What is refused, such as merging a tag that is not there, is part of the play.
            try? book.write { transaction in
                let writer = TagWriter(transaction, book.occasion)
                let reader = TagReader(transaction.reading)
                switch action {
                case 0...5: try writer.assign(name, to: customer)
                case 6...7: try writer.remove(name, from: customer)
                case 8:
                    if let from = try reader.tag(named: name), let into = try reader.tag(named: other) {
                        _ = try writer.merge(from, into: into)
                    }
                default: if let tag = try reader.tag(named: name) { _ = try writer.delete(tag) }
                }
            }
        }

        let tags = try book.read { try TagReader($0).tags(startingWith: "", after: "", limit: 99) }
        for tag in tags {
            let carriers = try customers.filter { try book.customer($0).tags.contains(tag.name) }
            XCTAssertEqual(tag.customers, Int64(carriers.count), tag.name)
            XCTAssertEqual(try found(tag.name, in: book), carriers, tag.name)
        }
        XCTAssertFalse(tags.isEmpty)
    }
}
