import Registry
import Storage
import TestSupport
import XCTest

final class MentionTests: XCTestCase {
    /// A shop with the member lena (id 1), Anna (customer 1, number 1), and a mug and a big mug in the online shop.
    private func shop() throws -> Book {
        let book = try Book()
        _ = try book.write { try StaffWriter($0, book.occasion).add("lena", display: "Lena Koch", email: nil) }
        _ = try book.create(name: "Anna Öz")
        return book
    }

    private static let products: @Sendable (String, String) -> String? = { channel, sku in
        guard channel == "online-shop" else { return nil }
        return ["MUG": "Mug", "BIG MUG": "Big mug"][sku]
    }

    private func comment(_ text: String, in book: Book) throws -> Comment {
        try book.write {
            try CommentWriter($0, book.occasion, products: Self.products).add(text, to: CustomerID(rawValue: 1))
        }
    }

    private func comment(_ id: CommentID, in book: Book, products: @escaping @Sendable (String, String) -> String?)
        throws
        -> Comment
    {
        try book.read { try CommentReader($0, products: products).comment(id) }
    }

    func testMentionsAreStoredAsReferencesAndShownByName() throws {
        let book = try shop()

        let comment = try comment("@lena: see #1, @customer:1 and @online-shop:MUG.", in: book)

        XCTAssertEqual(
            comment.body.source, "@staff:1: see @customer:1, @customer:1 and @online-shop:MUG.")
        XCTAssertEqual(comment.body.text, "@Lena Koch: see @Anna Öz, @Anna Öz and @Mug.")
        XCTAssertEqual(
            comment.body.mentions.map(\.target),
            [
                .staff(StaffID(rawValue: 1)), .customer(CustomerID(rawValue: 1)), .customer(CustomerID(rawValue: 1)),
                .product(channel: "online-shop", sku: "MUG"),
            ])
        let scalars = Array(comment.body.text.unicodeScalars)
        for mention in comment.body.mentions {
            let shown = String(String.UnicodeScalarView(scalars[mention.start..<mention.start + mention.length]))
            XCTAssertEqual(shown, "@\(mention.name ?? "")")
        }
    }

    func testWhatNobodyKnowsStaysText() throws {
        let book = try shop()
        for text in [
            "ann@lena.example", "write to lena@example.org", "@nobody", "#99", "##", "@", "a#1", "#1a", "@customer:9",
            "@customer:", "@customer:1a", "@online-shop:CUP", "@booking:MUG", "@online-shop:", #"@online-shop:"MUG"#,
            "@staff:9", "#99999999999999999999", "\u{0}@", "@@", "@:", "🙂 @🙂",
        ] {
            let comment = try comment(text, in: book)

            XCTAssertEqual(comment.body.text, text)
            XCTAssertEqual(comment.body.source, text)
            XCTAssertEqual(comment.body.mentions, [], text)
        }
    }

    func testPunctuationEndsAMention() throws {
        let book = try shop()
        for (text, source) in [
            ("(@lena)", "(@staff:1)"), ("@LENA!", "@staff:1!"), ("@lena...", "@staff:1..."),
            ("@lena,#1", "@staff:1,@customer:1"),
            ("@online-shop:MUG), ok", "@online-shop:MUG), ok"),
            (#"@online-shop:"BIG MUG"s"#, #"@online-shop:"BIG MUG"s"#), ("@lena:please", "@staff:1:please"),
            ("@@lena", "@@staff:1"),
        ] {
            let comment = try comment(text, in: book)

            XCTAssertEqual(comment.body.source, source, text)
            XCTAssertFalse(comment.body.mentions.isEmpty, text)
        }
    }

    func testAMentionFollowsARenameAndTellsWhenItsTargetIsGone() throws {
        let book = try shop()
        let bert = try book.create(name: "Bert")
        let written = try comment("@lena #2 @online-shop:MUG", in: book)
        try book.update(bert) { try $0.set(.name, to: "Bert Neu", country: book.occasion.shop.country) }
        _ = try book.write {
            try StaffWriter($0, book.occasion).update(StaffID(rawValue: 1), display: "Lena Neu", email: nil)
        }

        let renamed = try comment(written.id, in: book) { _, _ in "Cup" }
        XCTAssertEqual(renamed.body.text, "@Lena Neu @Bert Neu @Cup")
        XCTAssertEqual(renamed.body.mentions.map(\.isGone), [false, false, false])

        _ = try book.write { try StaffWriter($0, book.occasion).remove(StaffID(rawValue: 1)) }
        try book.write { transaction in
            try transaction.execute("UPDATE customer SET status = 'erased' WHERE id = ?", .integer(bert.rawValue))
        }
        let gone = try comment(written.id, in: book) { _, _ in nil }
        XCTAssertEqual(gone.body.text, "@Lena Neu @customer:2 @MUG")
        XCTAssertEqual(gone.body.mentions.map(\.name), ["Lena Neu", nil, "MUG"])
        XCTAssertEqual(gone.body.mentions.map(\.isGone), [true, true, true])
    }

    func testAnyTextReadAgainFromItsSourceMeansTheSame() throws {
        let book = try shop()
        var generator = SeededGenerator(seed: 5)
        let pieces = [
            "@", "#", "1", "lena", "customer:", "staff:", "online-shop:", "MUG", "\"", "BIG MUG", " ", ".", ":", "ö",
            "🙂", "\n", "x",
            "@lena", "#1", "@customer:1", "@online-shop:MUG", "@staff:1",
        ]
        for _ in 0..<300 {
            let text = "t" + (0..<generator.below(12)).map { _ in generator.pick(pieces) }.joined()

            let first = try comment(text, in: book)
            let second = try comment(first.body.source, in: book)

            XCTAssertEqual(second.body.text, first.body.text, text)
            XCTAssertEqual(second.body.mentions, first.body.mentions, text)
        }
    }

    func testATextHasAtMostFiftyMentions() throws {
        let book = try shop()

        let comment = try comment(String(repeating: "@lena ", count: 60), in: book)

        XCTAssertEqual(comment.body.mentions.count, 50)
    }
}
