import Foundation
import Registry
import TestSupport
import XCTest

final class FoldingTests: XCTestCase {
    func testSpellingsOfOneNameFoldToOneText() {
        for (text, folded) in [
            ("  Anna \t Meier\n", "anna meier"), ("Müller", "muller"), ("Mu\u{308}ller", "muller"),
            ("MÜLLER", "muller"),
            ("Straße", "strasse"), ("STRASSE", "strasse"), ("GROẞ", "gross"), ("Ærø", "aero"), ("Œuvre", "oeuvre"),
            ("Łódź", "lodz"), ("Đorđe", "dorde"), ("Guðrún", "gudrun"), ("Þór", "thor"),
            ("ışık İŞIK Isik", "isik isik isik"),
            ("ＡＢＣ１２３", "abc123"), ("ﬁn", "fin"), ("٣٤", "34"), ("Σίσυφος", "σισυφοσ"), ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Ерёма", "ерема"), ("a\u{AD}b\u{200B}c", "abc"), ("\u{A0}é\u{2003}\u{A0}à ", "e a"), ("", ""),
        ] {
            XCTAssertEqual(Folding.folded(text), folded, text)
        }
    }

    func testALatinLetterFoldsLikeItsPartsAndLikeItselfAmongOtherLetters() {
        for letter in (UInt32(0xC0)...0x17F).compactMap(Unicode.Scalar.init).map({ String(Character($0)) }) {
            let parts = letter.decomposedStringWithCanonicalMapping
            let greek = Folding.folded("xyz" + letter + "o\u{3C9}")

            XCTAssertEqual(Folding.folded("xyz" + letter + "o"), Folding.folded("xyz" + parts + "o"), letter)
            XCTAssertEqual(Folding.folded("xyz" + letter + "o") + "\u{3C9}", greek, letter)
            XCTAssertEqual(Folding.words(letter + "o \u{3C9}"), Folding.words(letter + "o") + ["\u{3C9}"], letter)
        }
    }

    func testWordsAreWhatStandsBetweenOtherCharacters() {
        XCTAssertEqual(Folding.words("Anna-Lena O'Neil (2nd)"), ["anna", "lena", "o", "neil", "2nd"])
        XCTAssertEqual(Folding.words("Anna–Lena O’Neil, Ö."), ["anna", "lena", "o", "neil", "o"])
        XCTAssertEqual(Folding.words("anna@example.org"), ["anna", "example", "org"])
        XCTAssertEqual(Folding.words(" ,;– "), [])
        XCTAssertEqual(Folding.words("हिन्दी"), [Folding.folded("हिन्दी")])
    }

    func testUmlautsAreFoundPlainAndSpeltOut() {
        XCTAssertEqual(Folding.indexTerms(for: "Müller", phonebook: false), ["muller", "mueller"])
        XCTAssertEqual(
            Set(Folding.indexTerms(for: "Löwenbräu", phonebook: false)),
            ["lowenbrau", "loewenbrau", "lowenbraeu", "loewenbraeu"])
        XCTAssertEqual(Folding.indexTerms(for: "äöüäö", phonebook: false), ["aouao", "aeoeueaeoe"])
        XCTAssertEqual(Folding.indexTerms(for: "Anna Meier Anna", phonebook: false), ["anna", "meier"])
        XCTAssertEqual(Folding.indexTerms(for: "Ärger, Ärger", phonebook: false), ["arger", "aerger"])
    }

    func testAPhonebookFindsTheUmlautOfASpeltOutName() {
        XCTAssertEqual(Folding.indexTerms(for: "Mueller", phonebook: false), ["mueller"])
        XCTAssertEqual(Folding.indexTerms(for: "Mueller", phonebook: true), ["mueller", "muller"])
        XCTAssertTrue(Folding.indexTerms(for: "Müller-Moers", phonebook: true).contains("mors"))
    }

    func testNamesAreFoundAsTheirEquivalentSpellings() throws {
        var shares: [String: (found: Int, all: Int)] = [:]
        for row in try RealSpelling.all() {
            if row.same_at_primary_level.root {
                let isFound = finds(row.query, in: Folding.indexTerms(for: row.name, phonebook: false))
                XCTAssertTrue(isFound, "\(row.query) does not find \(row.name)")
                shares["root \(row.query_made_by)", default: (0, 0)].found += isFound ? 1 : 0
                shares["root \(row.query_made_by)", default: (0, 0)].all += 1
            }
            if row.same_at_primary_level.de_phonebook {
                let isFound = finds(row.query, in: Folding.indexTerms(for: row.name, phonebook: true))
                XCTAssertTrue(isFound, "\(row.query) does not find \(row.name) in a phonebook")
                shares["phonebook \(row.query_made_by)", default: (0, 0)].found += isFound ? 1 : 0
                shares["phonebook \(row.query_made_by)", default: (0, 0)].all += 1
            }
        }
        for (name, share) in shares.sorted(by: { $0.key < $1.key }) { print("\(name): \(share.found) of \(share.all)") }
    }

    func testTurkishNamesAreFoundInEitherCasing() throws {
        let rows = try RealCasing.all()
        for row in rows {
            for query in row.queries {
                XCTAssertTrue(finds(query, in: Folding.indexTerms(for: row.name, phonebook: false)), query)
                XCTAssertEqual(Folding.folded(query), Folding.folded(row.name))
            }
        }
        print("Turkish casing: \(rows.count) names")
    }

    private func finds(_ query: String, in terms: [String]) -> Bool {
        let words = Folding.words(query)
        return !words.isEmpty && words.allSatisfy { word in terms.contains { $0.hasPrefix(word) } }
    }
}
