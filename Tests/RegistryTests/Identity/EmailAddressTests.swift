import Registry
import TestSupport
import XCTest

final class EmailAddressTests: XCTestCase {
    func testSpellingsOfOneAddressHaveOneKey() throws {
        for (spelling, key) in [
            ("Anna.Meier@Example.ORG", "anna.meier@example.org"), (" anna@example.org\t", "anna@example.org"),
            ("\u{FEFF}anna@example.org\u{A0}", "anna@example.org"), ("ANNA+x@EXAMPLE.org", "anna+x@example.org"),
            ("info@müller.de", "info@xn--mller-kva.de"), ("info@MÜLLER.de", "info@xn--mller-kva.de"),
            ("info@mu\u{308}ller.de", "info@xn--mller-kva.de"), ("info@xn--mller-kva.de", "info@xn--mller-kva.de"),
            ("Info@XN--MLLER-KVA.DE", "info@xn--mller-kva.de"), ("a@straße.de", "a@xn--strae-oqa.de"),
            ("a@strasse.de", "a@strasse.de"), ("jeff@臺網中心.tw", "jeff@xn--fiqq24b10vi0d.tw"),
            ("a@example。org", "a@example.org"), ("a@ｅｘａｍｐｌｅ.org", "a@example.org"),
            ("JÖRG@example.org", "jörg@example.org"), ("jo\u{308}rg@example.org", "jörg@example.org"),
            ("STRAßE@example.org", "strasse@example.org"), ("ΣΊΣΥΦΟΣ@example.gr", "σίσυφοσ@example.gr"),
            ("Σίσυφος@example.gr", "σίσυφοσ@example.gr"), ("o'neil@example.ie", "o'neil@example.ie"),
            ("a_b-c@sub-domain.example.org", "a_b-c@sub-domain.example.org"),
        ] {
            XCTAssertEqual(Array(try EmailAddress(parsing: spelling).key.utf8), Array(key.utf8), spelling)
        }
    }

    func testTurkishLettersFoldByTheDefaultInEveryLocale() throws {
        XCTAssertEqual(try EmailAddress(parsing: "IRMAK@example.org").key, "irmak@example.org")
        XCTAssertEqual(try EmailAddress(parsing: "İzmir@example.org").key, "i\u{307}zmir@example.org")
        XCTAssertEqual(try EmailAddress(parsing: "ırmak@example.org").key, "ırmak@example.org")
    }

    func testTheSpellingIsKeptWithoutTheSpacesAround() throws {
        XCTAssertEqual(try EmailAddress(parsing: "  Anna@Example.ORG ").spelling, "Anna@Example.ORG")
        XCTAssertEqual(try EmailAddress(parsing: "Anna@MÜLLER.de").spelling, "Anna@MÜLLER.de")
    }

    func testEachMistakeIsNamed() {
        for (text, mistake) in [
            ("", .missingAt), ("anna", .missingAt), ("anna＠example.org", .missingAt),
            ("@example.org", .emptyLocalPart),
            ("anna@", .emptyDomain), ("an na@example.org", .forbiddenCharacter),
            ("a@exam ple.org", .forbiddenCharacter),
            ("a@example.org\n", .forbiddenCharacter), ("a\u{0}@example.org", .forbiddenCharacter),
            ("a@b@example.org", .forbiddenCharacter), ("\"a\"@example.org", .forbiddenCharacter),
            ("a@[127.0.0.1]", .forbiddenCharacter), ("a@b_c.org", .forbiddenCharacter),
            ("a\u{202E}b@example.org", .forbiddenCharacter), ("\u{301}a@example.org", .forbiddenCharacter),
            ("<a@example.org>", .forbiddenCharacter), ("a;b@example.org", .forbiddenCharacter),
            ("a\u{37E}b@example.org", .forbiddenCharacter), (".a@example.org", .misplacedPoint),
            ("a.@example.org", .misplacedPoint), ("a..b@example.org", .misplacedPoint),
            ("a@.example.org", .misplacedPoint), ("a@example.org.", .misplacedPoint), ("a@b..org", .misplacedPoint),
            ("a@localhost", .noTopLevelDomain), ("a@1.2.3.4", .noTopLevelDomain), ("a@-b.org", .badDomainLabel),
            ("a@b-.org", .badDomainLabel), ("a@xn--0.org", .badDomainLabel), ("a@xn--abc-.org", .badDomainLabel),
            ("a@xn--MLLER-KVA0.de", .badDomainLabel),
            ("a@" + String(repeating: "b", count: 64) + ".org", .badDomainLabel),
            (String(repeating: "a", count: 65) + "@example.org", .localPartTooLong),
            ("a@" + String(repeating: "b23456789.", count: 25) + "org", .tooLong),
        ] as [(String, EmailMistake)] {
            XCTAssertThrowsError(try EmailAddress(parsing: text), text) {
                XCTAssertEqual($0 as? ValueError, .badEmail(mistake), text)
            }
        }
    }

    func testTheLongestAddressIsAccepted() throws {
        let local = String(repeating: "a", count: 64)
        let domain = String(repeating: "b23456789.", count: 18) + "organised"

        XCTAssertEqual((local + "@" + domain).utf8.count, 254)
        XCTAssertEqual(try EmailAddress(parsing: local + "@" + domain).key, local + "@" + domain)
    }

    func testAKeyIsItsOwnKey() throws {
        for text in ["İzmir@MÜLLER.de", "ΣΊΣΥΦΟΣ@ΕΛΛΆΔΑ.gr", "ǰ\u{345}@example.org", "ﬃ@example.org", "ŉ@example.org"] {
            let key = try EmailAddress(parsing: text).key

            XCTAssertEqual(Array(try EmailAddress(parsing: key).key.utf8), Array(key.utf8), text)
        }
    }

    func testPlainAddressesAreAcceptedAndErrorsRefusedAsTheCollectionSays() throws {
        struct Row: Decodable {
            let id: String
            let address: String
            let category: String
            let plain_valid: Bool
        }
        var accepted = 0
        var refused = 0
        for row in try RealData.rows(Row.self, in: "email-addresses/isemail.json") {
            let address = try? EmailAddress(parsing: row.address)  // only whether it is accepted is asked
            if row.plain_valid {
                XCTAssertNotNil(address, row.id)
                accepted += 1
            } else if row.category == "ISEMAIL_ERR" {
                XCTAssertNil(address, row.id)
                refused += 1
            }
        }
        XCTAssertGreaterThan(accepted, 10)
        XCTAssertGreaterThan(refused, 30)
    }

    func testDomainsHaveTheAsciiFormTheValidatorExpects() throws {
        struct Row: Decodable {
            let id: String
            let test: String
            let address: String
            let expected_ascii_domain: String?
        }
        var accepted = 0
        for row in try RealData.rows(Row.self, in: "email-addresses/email-validator.json") {
            // Quotes, display names and address literals are not plain addresses.
            guard let domain = row.expected_ascii_domain, !row.address.contains(where: { "\"<[".contains($0) }) else {
                continue
            }
            let address = try EmailAddress(parsing: row.address)
            XCTAssertEqual(address.key.split(separator: "@").last.map(String.init), domain, row.id)
            accepted += 1
        }
        XCTAssertGreaterThan(accepted, 5)
    }
}
