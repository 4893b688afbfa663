import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class UnsubscribeLinkTests: XCTestCase {
    private func token(_ customer: CustomerID, _ purpose: ConsentPurpose = .newsletter, in book: Book) throws
        -> TokenSecret
    {
        try book.write {
            try UnsubscribeLink(customer: customer, purpose: purpose).token($0, of: book.occasion.shop)
        }
    }

    private func unsubscribe(_ token: TokenSecret, in book: Book) throws -> ConsentPurpose {
        try book.write { try ConsentWriter($0, book.occasion).unsubscribe(token) }
    }

    private func subscribe(_ customer: CustomerID, in book: Book) throws {
        let statement = ConsentStatement(purpose: .newsletter, isGranted: true, wording: nil)
        try book.write { try ConsentWriter($0, book.occasion).record(statement, by: customer, channel: nil) }
    }

    func testALinkUnsubscribesHoweverOftenAndHoweverLate() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        try subscribe(anna, in: book)
        let written = try token(anna, in: book)
        let read = try XCTUnwrap(TokenSecret(parsing: written.text))

        let years = book.after(seconds: 10 * 365 * 86_400)
        XCTAssertEqual(try unsubscribe(read, in: years), .newsletter)
        XCTAssertEqual(try unsubscribe(read, in: years), .newsletter)

        XCTAssertFalse(try book.customer(anna).isSubscribed)
        let evidence = try book.read { try ConsentReader($0).evidence(of: anna) }
        XCTAssertEqual(evidence.map(\.status), ["subscribed", "unsubscribed"])
        XCTAssertEqual(evidence.last?.origin, "person")
        XCTAssertEqual(try token(anna, in: book), written)
    }

    func testALinkIsForOnePurpose() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")

        XCTAssertEqual(try unsubscribe(token(anna, .post, in: book), in: book), .post)

        XCTAssertEqual(try book.customer(anna).consent.map(\.purpose), [.post])
    }

    func testNobodyMakesUpALinkForSomebodyElse() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna", email: "anna@example.org")
        let bo = try book.create(name: "Bo", email: "bo@example.org")
        let annas = try token(anna, in: book).text.split(separator: ".").map(String.init)
        let bos = try token(bo, in: book).text.split(separator: ".").map(String.init)
        let other = try Book()
        _ = try other.create(name: "Anna")
        let others = try token(anna, in: other)

        for text in [
            "acme.\(bos[1]).\(annas[2])", "other.\(annas[1]).\(annas[2])",
            "acme.\(annas[1]).\(String(repeating: "0", count: 64))", others.text,
            "acme.\(String(repeating: "f", count: 32)).\(annas[2])",
        ] {
            let forged = try XCTUnwrap(TokenSecret(parsing: text))
            assertThrows(TicketError.unknown) { _ = try unsubscribe(forged, in: book) }
        }
        XCTAssertEqual(try book.customer(bo).consent, [])
    }
}
