import Registry
import TestSupport
import XCTest

final class TagTests: XCTestCase {
    private func assign(_ name: String, to customer: CustomerID, in book: Book) throws {
        try book.write { try TagWriter($0, book.occasion).assign(name, to: customer) }
    }

    private func remove(_ name: String, from customer: CustomerID, in book: Book) throws {
        try book.write { try TagWriter($0, book.occasion).remove(name, from: customer) }
    }

    func testTagsThatAreEqualAfterFoldingAreOne() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")

        try assign("Großkunde", to: anna, in: book)
        try assign("GROSSKUNDE", to: bert, in: book)
        try assign("grosskunde", to: anna, in: book)

        XCTAssertEqual(try book.customer(anna).tags, ["Großkunde"])
        XCTAssertEqual(try book.customer(bert).tags, ["Großkunde"])
        XCTAssertEqual(try book.customer(anna).rev, 2)
        let tags = try book.read { try TagReader($0).tags(startingWith: "gross", after: "", limit: 9) }
        XCTAssertEqual(tags.map(\.customers), [2])
        XCTAssertEqual(try book.timeline().count { $0.topic == "tag.assigned" }, 2)
    }

    func testTagsAreListedByNameAPageAtATime() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for name in ["vip", "Öko", "Vegan", "b2b"] { try assign(name, to: anna, in: book) }
        func page(_ prefix: String, after key: String, _ limit: Int) throws -> [String] {
            try book.read { try TagReader($0).tags(startingWith: prefix, after: key, limit: limit) }.map(\.name)
        }

        XCTAssertEqual(try page("", after: "", 3), ["b2b", "Öko", "Vegan"])
        XCTAssertEqual(try page("", after: "vegan", 3), ["vip"])
        XCTAssertEqual(try page("V", after: "", 3), ["Vegan", "vip"])
        XCTAssertEqual(try page("ö", after: "", 3), ["Öko"])
        XCTAssertEqual(try book.customer(anna).tags, ["b2b", "Öko", "Vegan", "vip"])
    }

    func testATagIsTakenOffInAnySpellingAndStaysInTheList() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bert = try book.create(name: "Bert")
        try assign("VIP", to: anna, in: book)

        assertThrows(TagError.notFound) { try remove("vip", from: bert, in: book) }
        assertThrows(TagError.notFound) { try remove("other", from: anna, in: book) }
        try remove("vip", from: anna, in: book)
        assertThrows(TagError.notFound) { try remove("vip", from: anna, in: book) }

        XCTAssertEqual(try book.customer(anna).tags, [])
        let tags = try book.read { try TagReader($0).tags(startingWith: "", after: "", limit: 9) }
        XCTAssertEqual(tags.map(\.name), ["VIP"])
        XCTAssertEqual(tags.map(\.customers), [0])
    }

    func testTheMaximumIsNotExceededAndARefusedTagIsNotMade() throws {
        let book = try Book().under { $0.maximumTags = 2 }
        let anna = try book.create(name: "Anna")
        try assign("a", to: anna, in: book)
        try assign("b", to: anna, in: book)

        assertThrows(TagError.tooMany(maximum: 2)) { try assign("c", to: anna, in: book) }
        try assign("B", to: anna, in: book)

        XCTAssertEqual(try book.customer(anna).tags, ["a", "b"])
        XCTAssertNil(try book.read { try TagReader($0).tag(named: "c") })
    }

    func testABlankTagAndAnUnknownCustomerAreRefused() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")

        assertThrows(TagError.blank) { try assign(" \u{200B}", to: anna, in: book) }
        assertThrows(CustomerError.notFound) { try assign("a", to: CustomerID(rawValue: 9), in: book) }
        assertThrows(CustomerError.notFound) { try remove("a", from: CustomerID(rawValue: 9), in: book) }
    }
}
