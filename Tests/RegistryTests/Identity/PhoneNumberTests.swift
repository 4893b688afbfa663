import Registry
import TestSupport
import XCTest

final class PhoneNumberTests: XCTestCase {
    func testSpellingsOfOneNumberHaveOneKey() {
        for text in [
            "030 123456", "030/123456", "(030) 123 456", "030-12 34 56", "030.123.456", "+49 30 123456",
            "+49 (0) 30 123456", "+49(0)30/123456", "+49 030 123456", "0049 30 123456", "0049 (0)30 123456",
            "(+49) 30 123456", "tel:+49-30-123456", "Tel.: 030 123456", "０３０ １２３４５６", "٠٣٠ ١٢٣٤٥٦",
            "030\u{A0}123456", "030\u{2011}123456", "\u{202A}+49 30 123456\u{202C}", "＋４９ ３０ １２３４５６",
            "030 123456 ext. 42", "030 123456 x5", "030 123456;ext=5", "030 123456 Durchwahl 12", "030 123456 #7",
        ] {
            XCTAssertEqual(PhoneNumber.parse(text, country: "DE"), .e164("+4930123456"), text)
        }
    }

    func testEachCountryHasItsOwnPrefixes() {
        for (text, country, number) in [
            ("(201) 555-0123", "US", "+12015550123"), ("1-201-555-0123", "CA", "+12015550123"),
            ("011 49 30 123456", "US", "+4930123456"), ("8 (912) 345-67-89", "RU", "+79123456789"),
            ("8 10 49 30 123456", "RU", "+4930123456"), ("06 20 123 4567", "HU", "+36201234567"),
            ("02 1234 5678", "IT", "+390212345678"), ("312 345 6789", "IT", "+393123456789"),
            ("912 345 678", "ES", "+34912345678"), ("21 23 45 67", "NO", "+4721234567"),
            ("131 2345 6789", "CN", "+8613123456789"), ("010 1234 5678", "CN", "+861012345678"),
            ("011 15-2345-6789", "AR", "+5491123456789"), ("0223 15-512-3456", "AR", "+5492235123456"),
            ("8 029 123-45-67", "BY", "+375291234567"), ("+52 1 222 123 4567", "MX", "+522221234567"),
            ("0212 345 67 89", "TR", "+902123456789"), ("0532 345 67 89", "TR", "+905323456789"),
            ("+1 (0) 201-555-0123", "US", "+12015550123"), ("0011 49 30 123456", "AU", "+4930123456"),
        ] {
            XCTAssertEqual(PhoneNumber.parse(text, country: country), .e164(number), text)
        }
    }

    func testALostPrefixIsNeverGuessed() {
        for (text, country) in [
            ("1512 3456789", "DE"), ("171 1234567", "DE"), ("4915123456789", "DE"), ("4930123456", "DE"),
            ("30123456", "DE"), ("905321234567", "TR"), ("5321234567", "TR"), ("11 15-2345-6789", "AR"),
            ("393123456789", "IT"),
            ("+39 (0) 312 345 6789", "IT"), ("030 123456 / 0171 1234567", "DE"), ("030 123456\n0171 1234567", "DE"),
            ("+49 30 123456 +49 171 1234567", "DE"),
        ] {
            XCTAssertEqual(PhoneNumber.parse(text, country: country), .ambiguous, text)
        }
        XCTAssertEqual(PhoneNumber.parse("4930123456", country: nil), .ambiguous)
        XCTAssertEqual(PhoneNumber.parse("4930123456", country: "XX"), .ambiguous)
    }

    func testADoubtfulNumberIsAskedAboutWithItsCandidates() {
        for (text, country, candidates) in [
            ("1512 3456789", "DE", ["+4915123456789", "+15123456789"]),
            ("4930123456", "DE", ["+4930123456", "+494930123456"]),
            ("30123456", "DE", ["+4930123456"]), ("5321234567", "TR", ["+905321234567", "+5321234567"]),
            ("11 15-2345-6789", "AR", ["+5491123456789"]),
            ("030 123456 / 0171 1234567", "DE", []), ("n/a", "DE", []), ("+49 1512", "DE", []),
        ] {
            XCTAssertEqual(PhoneNumber.candidates(text, country: country), candidates, text)
        }
    }

    func testWithoutACountryOnlyCallingCodesAreRead() {
        XCTAssertEqual(PhoneNumber.parse("+49 30 123456", country: nil), .e164("+4930123456"))
        XCTAssertEqual(PhoneNumber.parse("0049 30 123456", country: nil), .e164("+4930123456"))
        XCTAssertEqual(PhoneNumber.parse("030 123456", country: nil), .invalid)
    }

    func testWhatIsNoNumberIsInvalid() {
        for text in [
            "", " ", "n/a", "unbekannt", "0", "000000", "4,91512E+11", "4.91512E+11", "+", "abc", "+49", "+999 123456",
            "+49 1512 3456789 123456", "030 123456 oder 7", "0800 FLOWERS", "12", "+49 30 123456;phone-context=x",
            String(repeating: "1", count: 300),
        ] {
            XCTAssertEqual(PhoneNumber.parse(text, country: "DE"), .invalid, text)
        }
    }

    func testNoNumberIsTakenForAnother() throws {
        struct Row: Decodable {
            let region: String
            let input: String
            let made_by: String
            let e164: String?
            let valid: Bool?
        }
        struct Count {
            var exact = 0
            var asked = 0
            var refused = 0
            var beyond = 0
        }
        var counts: [String: Count] = [:]
        for row in try RealData.rows(Row.self, in: "phones/phones.json") {
            let isValid = row.valid == true
            let name = isValid ? row.made_by : row.made_by + " (no valid number)"
            switch PhoneNumber.parse(row.input, country: row.region) {
            case .e164(let number) where isValid:
                XCTAssertEqual(number, row.e164, "\(row.input) in \(row.region)")
                counts[name, default: Count()].exact += number == row.e164 ? 1 : 0
            case .e164(let number):
                print("read though not valid: \(row.input) in \(row.region) as \(number)")
                counts[name, default: Count()].beyond += 1
            case .ambiguous: counts[name, default: Count()].asked += 1
            case .invalid: counts[name, default: Count()].refused += 1
            }
        }
        for (name, count) in counts.sorted(by: { $0.key < $1.key }) {
            let others = "\(count.asked) asked, \(count.refused) refused, \(count.beyond) read though not valid"
            print("\(name): \(count.exact) exact, \(others)")
        }
    }
}
