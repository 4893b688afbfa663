import Foundation
import Registry
import TestSupport
import XCTest

@testable import Transfer

final class MailComposerTests: XCTestCase {
    private var draft: MailDraft {
        MailDraft(
            from: MailAddress(name: "Buchladen", address: "shop@example.de"),
            to: MailAddress(name: "Ann Öz", address: "ann@example.org"), subject: "Your order", text: "Hello Ann",
            date: Instant(seconds: 1_795_325_140), messageID: "7.k3v@example.de")
    }

    func testAMailIsWrittenAsTheStandardsSay() throws {
        var draft = draft
        draft.replyTo = MailAddress(address: "reply+t0k@example.de")
        draft.inReplyTo = "abc@example.org"
        draft.references = ["first@example.de", "abc@example.org"]
        draft.isAutomatic = true
        draft.unsubscribeLink = "https://shop.example/unsubscribe/abc"

        let text = String(decoding: try MailComposer.compose(draft), as: UTF8.self)

        XCTAssertEqual(
            text,
            """
            From: Buchladen <shop@example.de>
            To: =?utf-8?B?QW5uIMOWeg==?= <ann@example.org>
            Reply-To: reply+t0k@example.de
            Subject: Your order
            Date: Sun, 22 Nov 2026 05:25:40 +0000
            Message-ID: <7.k3v@example.de>
            In-Reply-To: <abc@example.org>
            References: <first@example.de> <abc@example.org>
            Auto-Submitted: auto-generated
            X-Auto-Response-Suppress: All
            List-Unsubscribe: <https://shop.example/unsubscribe/abc>
            List-Unsubscribe-Post: List-Unsubscribe=One-Click
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: quoted-printable

            Hello Ann

            """)
    }

    func testALinkWithoutHTTPSOffersNoOneClick() throws {
        var draft = draft
        draft.unsubscribeLink = "http://shop.example/u"

        let mail = try MailParser.parse(try MailComposer.compose(draft))

        XCTAssertEqual(mail.header.first("list-unsubscribe")?.value, "<http://shop.example/u>")
        XCTAssertNil(mail.header.first("list-unsubscribe-post"))
    }

    func testAControlCharacterInAHeaderIsRefused() {
        for character in ["\n", "\r", "\r\n", "\0", "\u{7F}", "\u{85}", "\u{2028}", "\t"] {
            var subject = draft
            subject.subject = "Hello\(character)Bcc: all@example.org"
            XCTAssertThrowsError(try MailComposer.compose(subject)) {
                XCTAssertEqual($0 as? MailError, .controlCharacter(.subject))
            }
            var name = draft
            name.to.name = "Ann\(character)"
            XCTAssertThrowsError(try MailComposer.compose(name)) {
                XCTAssertEqual($0 as? MailError, .controlCharacter(.to))
            }
            var identifier = draft
            identifier.messageID = "a\(character)@b"
            XCTAssertThrowsError(try MailComposer.compose(identifier)) {
                XCTAssertEqual($0 as? MailError, .badMessageID(.messageID))
            }
        }
    }

    func testWhatIsNoAddressIsRefused() {
        for address in ["", "ann", "ann@example.org, bob@example.org", "ann@example.org\nBcc: x@example.org", "-@"] {
            var draft = draft
            draft.to.address = address
            XCTAssertThrowsError(try MailComposer.compose(draft)) {
                XCTAssertEqual($0 as? MailError, .badAddress(.to))
            }
        }
    }

    func testWhatIsNoLinkIsRefused() {
        for link in ["", "javascript:alert(1)", "https://a b", "https://a>\nBcc: x", "https://ä.example"] {
            var draft = draft
            draft.unsubscribeLink = link
            XCTAssertThrowsError(try MailComposer.compose(draft)) { XCTAssertEqual($0 as? MailError, .badLink) }
        }
    }

    func testAnAddressBeyondASCIIKeepsItsLocalPartAndGetsPunycode() throws {
        var draft = draft
        draft.to = MailAddress(address: "jürgen@müller.de")

        let mail = try MailParser.parse(try MailComposer.compose(draft))

        XCTAssertEqual(mail.recipients, [MailAddress(address: "jürgen@xn--mller-kva.de")])
    }

    func testWhatIsWrittenIsReadBackAndNoLineIsTooLong() throws {
        var random = SeededGenerator(seed: 7)
        let letters = [
            "a", "B", " ", "ü", "ş", "İ", "漢", "🙂", "é", "=", "?", "\"", "\\", ".", ",", "<", "@", "_", "(", "e\u{301}",
        ]
        for round in 0..<100 {
            func text(_ count: Int, _ more: [String] = []) -> String {
                (0..<random.below(count)).map { _ in random.pick(letters + more) }.joined()
            }
            var draft = draft
            draft.subject = text(200)
            draft.to.name = text(40)
            draft.text = text(
                2000, ["\n", "From ", "\n.\n", " \n", "\r\n", "\u{0}", String(repeating: "x", count: 300)])
            draft.references = (0..<random.below(60)).map { "\($0).\(String(repeating: "k", count: 30))@example.de" }

            let bytes = try MailComposer.compose(draft)
            let mail = try MailParser.parse(bytes)

            let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
            XCTAssertTrue(lines.allSatisfy { $0.count <= 78 }, "round \(round)")
            XCTAssertTrue(bytes.allSatisfy { $0 < 0x80 && $0 != 0x0D })
            XCTAssertFalse(lines.contains { $0.elementsEqual(".".utf8) })
            func trimmed(_ text: String) -> String { text.trimmingCharacters(in: CharacterSet(charactersIn: " ")) }
            XCTAssertEqual(mail.subject, trimmed(draft.subject), "round \(round)")
            XCTAssertEqual(mail.recipients.first?.name, trimmed(draft.to.name), "round \(round)")
            XCTAssertEqual(mail.recipients.first?.address, "ann@example.org")
            XCTAssertEqual(mail.references.count, min(draft.references.count, 20))
            let plain = draft.text.replacingOccurrences(of: "\r\n", with: "\n")
            let expected = plain.allSatisfy(\.isWhitespace) ? "" : plain
            XCTAssertEqual(
                mail.text, String(expected.reversed().drop { $0 == "\n" }.reversed()), "round \(round)")
        }
    }
}
