import Registry
import Storage
import StrictJSON
import TestSupport
import XCTest

final class TicketTests: XCTestCase {
    private func issue(to customer: CustomerID, lifetime: Int64 = 60, in book: Book) throws -> TokenSecret {
        try book.write {
            try TicketWriter($0, book.occasion).issue(
                .confirmConsent, to: customer, data: JSONWriter.object { $0.member("purpose", "newsletter") },
                lifetime: lifetime)
        }
    }

    private func peek(_ secret: TokenSecret, in book: Book) throws -> Ticket {
        try book.read { try TicketReader($0, book.occasion).peek(secret) }
    }

    private func redeem(_ secret: TokenSecret, in book: Book) throws -> Ticket {
        try book.write { try TicketWriter($0, book.occasion).redeem(secret, as: .confirmConsent) }
    }

    func testATicketIsGoodOnceAndLookingAtItUsesNothingUp() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let issued = try issue(to: anna, in: book)

        let secret = try XCTUnwrap(TokenSecret(parsing: issued.text))
        XCTAssertEqual(secret.tenant, book.occasion.shop.name)
        let seen = try peek(secret, in: book)
        XCTAssertEqual(try peek(secret, in: book), seen)
        XCTAssertEqual(seen.customer, anna)
        XCTAssertEqual(seen.kind, .confirmConsent)
        XCTAssertEqual(seen.data.text, #"{"purpose":"newsletter"}"#)
        XCTAssertEqual(seen.issuedAt, Book.now)
        XCTAssertEqual(seen.expiresAt, book.after(seconds: 60).occasion.at)

        XCTAssertEqual(try redeem(secret, in: book), seen)
        assertThrows(TicketError.used) { try peek(secret, in: book) }
        assertThrows(TicketError.used) { try redeem(secret, in: book) }
    }

    func testATicketExpires() throws {
        let book = try Book()
        let secret = try issue(to: try book.create(name: "Anna"), in: book)

        XCTAssertNoThrow(try peek(secret, in: book.after(seconds: 59)))
        assertThrows(TicketError.expired) { try redeem(secret, in: book.after(seconds: 60)) }
    }

    func testAWrongSecretAnUnknownTicketAndAnotherShopsAreTheSame() throws {
        let book = try Book()
        let secret = try issue(to: try book.create(name: "Anna"), in: book)
        let parts = secret.text.split(separator: ".").map(String.init)
        let zeros = String(repeating: "0", count: 64)

        for text in [
            "\(parts[0]).\(parts[1]).\(zeros)", "\(parts[0]).\(zeros.prefix(32)).\(parts[2])",
            "other.\(parts[1]).\(parts[2])",
        ] {
            let wrong = try XCTUnwrap(TokenSecret(parsing: text))
            assertThrows(TicketError.unknown) { try redeem(wrong, in: book) }
        }
        XCTAssertNoThrow(try redeem(secret, in: book))
    }

    func testATicketOfAStrangerInTheFileCannotBeForgedFromIt() throws {
        let book = try Book()
        let secret = try issue(to: try book.create(name: "Anna"), in: book)
        let verifier = try XCTUnwrap(secret.text.split(separator: ".").last.map(String.init))

        let stored = try book.read { transaction in
            try transaction.all("SELECT selector, data, verifier_digest FROM ticket") { row in
                row.text(0) + row.text(1) + String(decoding: row.bytes(2), as: UTF8.self)
            }
        }

        XCTAssertEqual(stored.count, 1)
        XCTAssertFalse(stored[0].contains(verifier))
    }

    func testWhatIsWithdrawnIsUsedAndOthersStay() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        let bo = try book.create(name: "Bo")
        let (annas, bos) = (try issue(to: anna, in: book), try issue(to: bo, in: book))
        let issues = { @Sendable (customer: CustomerID) in
            try book.read { try TicketReader($0, book.occasion).issues(of: .confirmConsent, to: customer) }
        }
        XCTAssertEqual(try issues(anna).map(\.at), [Book.now])
        XCTAssertEqual(try issues(anna).map(\.isGood), [true])

        try book.write { try TicketWriter($0, book.occasion).withdraw(.confirmConsent, of: anna) }

        assertThrows(TicketError.used) { try peek(annas, in: book) }
        XCTAssertNoThrow(try peek(bos, in: book))
        XCTAssertEqual(try issues(anna).map(\.isGood), [false])
    }

    func testTicketsLongPastAreForgottenAFewAtATime() throws {
        let book = try Book()
        let anna = try book.create(name: "Anna")
        for _ in 0..<3 { _ = try issue(to: anna, in: book) }

        let later = book.after(seconds: 31 * 86_400)
        _ = try issue(to: anna, in: later)

        XCTAssertEqual(
            try later.read { transaction in
                try transaction.first("SELECT count(*) FROM ticket") { $0.integer(0) }
            }, 1)
    }
}
