import Registry
import XCTest

final class CustomerMatcherTests: XCTestCase {
    private func match(_ buyer: Buyer, in book: Book, channel: String = "shop") throws -> Match {
        guard case .described(let description) = buyer else { throw CustomerError.notFound }
        return try book.read {
            try CustomerMatcher($0, book.occasion.shop).match(description, channel: channel)
        }
    }

    func testTheStrongestKeyWins() throws {
        let book = try Book()
        let byExt = try XCTUnwrap(
            book.register(.sale(1, to: book.buyer(name: "Ext", ext: "E1"))).match.customer)
        let byEmail = try book.create(email: "anna@example.org")
        let byPhone = try book.create(name: "Bert", phone: "030 123456")

        let all = try match(book.buyer(email: "ANNA@example.org", phone: "+49 30 123456", ext: "E1"), in: book)
        let two = try match(book.buyer(email: "ANNA@example.org", phone: "+49 30 123456", ext: "new"), in: book)
        let one = try match(book.buyer(email: "new@example.org", phone: "+49 30 123456"), in: book)

        XCTAssertEqual([all.customer, two.customer, one.customer], [byExt, byEmail, byPhone])
        XCTAssertEqual([all.reason, two.reason, one.reason], [.externalID, .email, .phone])
    }

    func testNobodyIsNobody() throws {
        let book = try Book()
        try book.create(name: "Anna")

        let found = try match(book.buyer(name: "Anna"), in: book)

        XCTAssertNil(found.customer)
        XCTAssertEqual(found.reason, .none)
    }

    func testAnExternalIDCountsInItsChannelOnly() throws {
        let book = try Book()
        let anna = try XCTUnwrap(book.register(.sale(1, to: book.buyer(name: "Anna", ext: "7"))).match.customer)

        XCTAssertEqual(try match(book.buyer(ext: "7"), in: book).customer, anna)
        XCTAssertNil(try match(book.buyer(ext: "7"), in: book, channel: "pos").customer)
        XCTAssertEqual(try book.read { try CustomerReader($0).customers(ext: "7") }, [anna])
    }

    func testAPhoneOfAnotherAddressIsAnotherPerson() throws {
        let book = try Book()
        try book.create(email: "anna@example.org", phone: "030 123456")

        XCTAssertNil(try match(book.buyer(email: "bert@example.org", phone: "030 123456"), in: book).customer)
    }

    func testAPhoneIsNotLookedAtWhereThePolicySaysSo() throws {
        let book = try Book().under { $0.matchesPhone = false }
        try book.create(name: "Anna", phone: "030 123456")

        XCTAssertNil(try match(book.buyer(phone: "030 123456"), in: book).customer)
    }

    func testAPhoneOfSeveralFindsOnlyTheOneNamesake() throws {
        let book = try Book()
        try book.create(name: "Anna", phone: "030 123456")
        let bert = try book.create(name: "Bert", phone: "030123456")

        XCTAssertNil(try match(book.buyer(phone: "030 123456"), in: book).customer)
        XCTAssertNil(try match(book.buyer(name: "Cem", phone: "030 123456"), in: book).customer)
        XCTAssertEqual(try match(book.buyer(name: "BERT", phone: "030 123456"), in: book).customer, bert)
        try book.create(name: "Bert", phone: "030123456")
        XCTAssertNil(try match(book.buyer(name: "Bert", phone: "030 123456"), in: book).customer)
    }

    func testANamesakeAtAPhoneOfSeveralWithAnotherAddressIsAnotherPerson() throws {
        let book = try Book()
        try book.create(name: "Anna", phone: "030 123456")
        try book.create(name: "Bert", email: "bert@example.org", phone: "030 123456")

        let found = try match(book.buyer(name: "Bert", email: "other@example.org", phone: "030 123456"), in: book)

        XCTAssertNil(found.customer)
    }

    func testTwoNamesakesAreAmbiguousHoweverManyShareTheNumber() throws {
        let book = try Book()
        for name in ["Anna", "Bert", "Cem", "Anna"] { try book.create(name: name, phone: "030 123456") }

        XCTAssertNil(try match(book.buyer(name: "Anna", phone: "030 123456"), in: book).customer)
    }

    func testAtASharedAddressTheNameDecides() throws {
        let book = try Book().under { $0.sharesEmail = true }
        let anna = try book.create(name: "Anna", email: "home@example.org")
        let bert = try book.create(name: "Bert", email: "home@example.org")

        XCTAssertEqual(try match(book.buyer(name: "bert", email: "home@example.org"), in: book).customer, bert)
        XCTAssertEqual(try match(book.buyer(email: "home@example.org"), in: book).customer, anna)
        XCTAssertNil(try match(book.buyer(name: "Cem", email: "home@example.org"), in: book).customer)
    }
}
