import Registry
import Storage
import TestSupport
import XCTest

final class TokenTests: XCTestCase {
    private func create(
        _ role: TokenRole = .staff, channel: String? = nil, in book: Book
    ) throws -> (token: Token, secret: TokenSecret) {
        try book.write {
            try TokenWriter($0, book.occasion).create(role, tenant: "acme", channel: channel, label: "till 1")
        }
    }

    private func open(_ secret: TokenSecret, in book: Book) throws -> Token {
        try book.read { try TokenReader($0).token(opening: secret) }
    }

    func testASecretOpensItsToken() throws {
        let book = try Book()
        let made = try create(.channel, channel: "pos", in: book)

        let presented = try XCTUnwrap(TokenSecret(parsing: made.secret.text))

        XCTAssertEqual(presented, made.secret)
        XCTAssertEqual(presented.tenant, "acme")
        XCTAssertEqual(try open(presented, in: book), made.token)
        XCTAssertEqual(made.token.role, .channel)
        XCTAssertEqual(made.token.channel, "pos")
        XCTAssertEqual(made.token.label, "till 1")
        XCTAssertEqual(made.token.createdAt, Book.now)
        XCTAssertNil(made.token.revokedAt)
    }

    func testAWrongUnknownOrRevokedTokenIsRefusedAlike() throws {
        let book = try Book()
        let made = try create(in: book)
        let parts = made.secret.text.split(separator: ".").map(String.init)
        let zeros = String(repeating: "0", count: 64)
        let wrong = try XCTUnwrap(TokenSecret(parsing: "acme.\(parts[1]).\(zeros)"))
        let unknown = try XCTUnwrap(TokenSecret(parsing: "acme.\(zeros.prefix(32)).\(parts[2])"))

        assertThrows(TokenError.refused) { try open(wrong, in: book) }
        assertThrows(TokenError.refused) { try open(unknown, in: book) }
        let later = book.after(seconds: 9)
        try later.write { try TokenWriter($0, later.occasion).revoke(selector: made.token.selector) }
        try book.write { try TokenWriter($0, book.occasion).revoke(selector: made.token.selector) }
        assertThrows(TokenError.refused) { try open(made.secret, in: book) }

        XCTAssertEqual(try book.read { try TokenReader($0).tokens() }.map(\.revokedAt), [later.occasion.at])
        assertThrows(TokenError.notFound) {
            try book.write { try TokenWriter($0, book.occasion).revoke(selector: "nobody") }
        }
    }

    func testTheSecretIsNowhereInTheDatabase() throws {
        let book = try Book()
        let made = try create(in: book)
        let verifier = try XCTUnwrap(made.secret.text.split(separator: ".").last.map(String.init))

        let stored = try book.read { transaction in
            try transaction.all(
                "SELECT selector || verifier_digest || hex(verifier_digest) || role || label FROM token"
            ) { $0.bytes(0) }
        }

        XCTAssertEqual(stored.count, 1)
        XCTAssertFalse(String(decoding: stored.flatMap(\.self), as: UTF8.self).lowercased().contains(verifier))
        XCTAssertNotEqual(made.secret.text, try create(in: book).secret.text)
    }

    func testATokenOfAChannelNeedsItsChannelAndOthersHaveNone() throws {
        let book = try Book()

        assertThrows(TokenError.channelMissing) { _ = try create(.channel, in: book) }

        XCTAssertNil(try create(.portal, channel: "pos", in: book).token.channel)
    }

    func testATextThatCannotBeATokenIsNone() throws {
        let selector = String(repeating: "a", count: 32)
        let verifier = String(repeating: "0", count: 64)
        XCTAssertNotNil(TokenSecret(parsing: "acme.\(selector).\(verifier)"))

        for text in [
            "", "acme", "acme.\(selector)", "acme.\(selector).\(verifier).", "acme.\(selector).\(verifier)0",
            "acme.\(selector.uppercased()).\(verifier)", "acme.\(selector).\(verifier.dropLast())g",
            "acme.\(selector.dropLast())٠.\(verifier)", "acme..\(verifier)",
        ] {
            XCTAssertNil(TokenSecret(parsing: text), text)
        }
    }
}
