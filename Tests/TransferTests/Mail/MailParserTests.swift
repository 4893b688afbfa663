import TestSupport
import XCTest

@testable import Transfer

final class MailParserTests: XCTestCase {
    private func parse(_ text: String) throws -> ParsedMail { try MailParser.parse(Array(text.utf8)) }

    func testAPlainMailIsRead() throws {
        let mail = try parse(
            """
            From: "Öz, Ann" <ann@example.org>, bob@example.org (Bob)\r
            To: Shop <shop@example.de>\r
            Cc: friends: one@example.org, two@example.org;\r
            Subject: =?iso-8859-1?Q?Gr=FC=DFe_aus?= =?utf-8?B?IFrDvHJpY2g=?=\r
             again\r
            Message-ID: <1@example.org>\r
            In-Reply-To: <7.k3v@example.de>\r
            References: <first@example.de>\r
            \t<7.k3v@example.de>\r
            \r
            Hello\r
            there\r

            """)

        XCTAssertEqual(
            mail.from,
            [
                MailAddress(name: "Öz, Ann", address: "ann@example.org"),
                MailAddress(name: "Bob", address: "bob@example.org"),
            ])
        XCTAssertEqual(mail.recipients.map(\.address), ["shop@example.de", "one@example.org", "two@example.org"])
        XCTAssertEqual(mail.subject, "Grüße aus Zürich again")
        XCTAssertEqual(mail.messageID, "1@example.org")
        XCTAssertEqual(mail.inReplyTo, ["7.k3v@example.de"])
        XCTAssertEqual(mail.references, ["first@example.de", "7.k3v@example.de"])
        XCTAssertEqual(mail.text, "Hello\nthere")
        XCTAssertEqual(mail.attachments, [])
    }

    func testPlainTextIsPreferredAndFilesAreListed() throws {
        let mail = try parse(
            """
            Content-Type: multipart/mixed; boundary="a b"

            preamble
            --a b
            Content-Type: multipart/alternative; boundary=inner

            --inner
            Content-Type: text/html; charset=utf-8

            <p>Rich</p>
            --inner
            Content-Type: text/plain; charset=windows-1254
            Content-Transfer-Encoding: quoted-printable

            D=FDz =
            g=FCn
            --inner--
            --a b
            Content-Type: image/png; name="=?utf-8?B?YsSxbGQucG5n?="
            Content-Transfer-Encoding: base64

            AAEC
            AwQ=
            --a b
            Content-Type: application/pdf
            Content-Disposition: attachment; filename*0*=UTF-8''rech; filename*1*=nung%20%e2%82%ac;
             filename*2=.pdf

            x
            --a b
            Content-Type: text/plain

            Second text
            --a b--
            epilogue
            """)

        XCTAssertEqual(mail.text, "Dız gün\n\nSecond text")
        XCTAssertEqual(
            mail.attachments,
            [
                MailAttachment(name: "bıld.png", type: "image/png", sizeInBytes: 5),
                MailAttachment(name: "rechnung €.pdf", type: "application/pdf", sizeInBytes: 1),
            ])
    }

    func testHTMLAloneBecomesReadableText() throws {
        let mail = try parse(
            """
            Content-Type: text/html

            <html><head><meta charset="iso-8859-9"><title>x</title><style>p {}</style></head>
            <body><p>Selam&nbsp;Ann &amp; Bob,</p><div>one<br>two</div><ul><li>tea<li>milk</ul>
            <a href="https://example.org/x">see here</a><!-- hidden --><script>alert(1)</script>
            <blockquote>earlier<br><blockquote>before</blockquote></blockquote>1 < 2 &#8364; &unknown;</body></html>
            """)

        XCTAssertEqual(
            mail.text,
            """
            Selam Ann & Bob,

            one
            two

            - tea
            - milk

            see here <https://example.org/x>
            > earlier
            >> before
            1 < 2 € &unknown;
            """)
    }

    func testCharactersOfOldSetsAreRead() {
        func text(_ name: String, _ bytes: [UInt8]) -> String { MailCharset.text(bytes, named: name) }

        XCTAssertEqual(text("ISO-8859-9", [0xFD, 0xDD, 0xFE]), "ıİş")
        XCTAssertEqual(text("windows-1252", [0x80, 0xE4]), "€ä")
        XCTAssertEqual(text("iso-8859-1", [0x93, 0xE4]), "“ä")
        XCTAssertEqual(text("us-ascii", Array("ä".utf8)), "ä")
        XCTAssertEqual(text("utf-8", [0xE4, 0x62]), "äb")
        XCTAssertEqual(text("koi8-r", [0xF0, 0xD2]), "Пр")
        XCTAssertEqual(text("Shift_JIS", [0x93, 0xFA, 0x96, 0x7B]), "日本")
        XCTAssertEqual(text("iso-2022-jp", [0x1B, 0x24, 0x42, 0x46, 0x7C, 0x1B, 0x28, 0x42]), "日")
        XCTAssertEqual(text("gb2312", [0xC4, 0xE3]), "你")
        XCTAssertEqual(text("big5", [0xA7, 0x41]), "你")
        XCTAssertEqual(text("euc-kr", [0xC7, 0xD1]), "한")
        XCTAssertEqual(text("utf-16le", [0x41, 0, 0xE4, 0]), "Aä")
        XCTAssertEqual(text("utf-7//IGNORE", Array("a".utf8)), "a")
        XCTAssertEqual(text("no-such-set", Array("ş".utf8)), "ş")
        XCTAssertEqual(text("euc-kr", [0x41, 0xC7]), "A\u{FFFD}")
    }

    func testWhatIsMalformedIsStillText() throws {
        XCTAssertEqual(try parse("").text, "")
        XCTAssertEqual(try parse("no header at all\nbut text").text, "no header at all\nbut text")
        XCTAssertEqual(try parse("Subject: x\nno empty line\nbefore").text, "no empty line\nbefore")
        XCTAssertEqual(try parse("Content-Type: multipart/mixed\n\ntext").text, "text")
        XCTAssertEqual(try parse("Content-Type: multipart/mixed; boundary=x\n\ntext\n--y\n").text, "text\n--y")
        XCTAssertEqual(
            try parse("Content-Type: multipart/mixed\n\n--q\nContent-Type: text/plain\n\ntext\n--q--\n").text, "text")
        XCTAssertEqual(try parse("Content-Type: multipart/mixed; boundary=x\n\n--x\n\ntext\n").text, "text")
        XCTAssertEqual(try parse("Content-Transfer-Encoding: magic\nContent-Type: ;;=\n\ntext").text, "text")
        XCTAssertEqual(
            try parse("Content-Type: text/plain\nContent-Transfer-Encoding: quoted-printable\n\na=ZZ=").text, "a=ZZ")
        XCTAssertEqual(try parse("From x@y Mon\nSubject: s\n\ntext").subject, "s")
    }

    func testAMailWithinAMailIsAFileAndItsTextIsNotTheSenders() throws {
        let mail = try parse(
            """
            Content-Type: multipart/mixed; boundary=x

            --x

            see below
            --x
            Content-Type: message/rfc822

            Subject: inner
            From: other@example.org

            secret
            --x--
            """)

        XCTAssertEqual(mail.text, "see below")
        XCTAssertEqual(mail.attachments.map(\.name), ["inner"])
        XCTAssertEqual(mail.root.all.map(\.type), ["multipart/mixed", "text/plain", "message/rfc822", "text/plain"])
    }

    func testParagraphsThatTheSenderBrokeAreJoined() throws {
        let mail = try parse(
            "Content-Type: text/plain; format=flowed\n\nOne long \nline\n> quoted \n> on\n next\n-- \nAnn\n")

        XCTAssertEqual(mail.text, "One long line\n> quoted on\nnext\n-- \nAnn")
    }

    func testNestingWithoutEndIsLeftInOnePiece() throws {
        var text = ""
        for level in 0..<100 { text += "Content-Type: multipart/mixed; boundary=b\(level)x\n\n--b\(level)x\n" }
        let deep = try parse(text + "\nthe end")
        let wide = try parse(
            "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\na\n", count: 2000)
                + "--b\n\nlast")

        XCTAssertEqual(deep.root.all.count, 21)
        XCTAssertTrue(deep.root.all.contains { $0.text.contains("the end") })
        XCTAssertEqual(wide.root.all.count, 500)
        XCTAssertTrue(wide.text.hasSuffix("last"))
    }

    func testATooLargeMailIsRefused() {
        let bytes = [UInt8](repeating: 0x61, count: MailParser.limitInBytes + 1)

        XCTAssertThrowsError(try MailParser.parse(bytes)) {
            XCTAssertEqual($0 as? MailError, .tooLarge(limitInBytes: 26_214_400))
        }
    }
}
