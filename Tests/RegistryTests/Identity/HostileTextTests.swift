import Foundation
import Registry
import TestSupport
import XCTest

final class HostileTextTests: XCTestCase {
    func testHostileTextIsReadOrRefusedButNeverFatal() throws {
        struct Row: Decodable {
            let value: String
        }
        let zone = try XCTUnwrap(TimeZone(identifier: "UTC"))
        let euro = try Currency("EUR")
        for row in try RealData.rows(Row.self, in: "hostile/blns.json") {
            let text = row.value
            for text in [text, text + "@example.org", "a@" + text + ".org", "+49" + text, "2026-11-22T10:00" + text] {
                let folded = Folding.folded(text)
                XCTAssertEqual(Folding.folded(folded), folded, text)
                XCTAssertEqual(Folding.words(text), Folding.words(folded), text)
                XCTAssertEqual(Array(Set(Folding.words(text))).sorted(), plainTerms(text), text)
                _ = PhoneNumber.parse(text, country: "DE")
                // Only a crash would be wrong here; whether it is refused is asked elsewhere.
                if let address = try? EmailAddress(parsing: text) {
                    XCTAssertEqual(try EmailAddress(parsing: address.key).key, address.key, text)
                }
                XCTAssertThrowsError(try Money(parsing: text + "x", in: euro))
                _ = try? Instant(parsing: text, zone: zone)  // as above
            }
        }
    }

    func testRandomPhoneCellsAreNeverFatal() {
        var random = SeededGenerator(seed: 6)
        let characters = Array("00123456789o+()-/ x#;ext=０٣\n.")
        for _ in 0..<1500 {
            let count = Int.random(in: 0...20, using: &random)
            let text = String((0..<count).compactMap { _ in characters.randomElement(using: &random) })
            for country in ["DE", "US", "IT", "AR", "MX", "RU", nil] {
                guard case .e164(let number) = PhoneNumber.parse(text, country: country) else { continue }
                XCTAssertEqual(PhoneNumber.parse(number, country: nil), .e164(number), text)
            }
        }
    }

    /// The distinct words of the terms, without those that only spell an umlaut out.
    private func plainTerms(_ text: String) -> [String] {
        let words = Set(Folding.words(text))
        return Folding.indexTerms(for: text, phonebook: false).filter(words.contains).sorted()
    }
}
