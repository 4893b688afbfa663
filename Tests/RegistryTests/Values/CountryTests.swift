import Registry
import XCTest

final class CountryTests: XCTestCase {
    func testCodesAreReadInEitherCase() throws {
        for text in ["DE", "de", "De"] { XCTAssertEqual(try Country(text).code, "DE") }
    }

    func testEnglishNamesAreRead() throws {
        for (name, code) in [
            ("United Kingdom", "GB"), ("united kingdom", "GB"), ("EIRE", "IE"), ("Ireland", "IE"), ("USA", "US"),
            ("United States of America", "US"), ("RSA", "ZA"), ("Türkiye", "TR"), ("Turkey", "TR"), ("Hong Kong", "HK"),
            ("Cote d'Ivoire", "CI"), ("Curaçao", "CW"), ("Korea", "KR"), (" Germany ", "DE"),
        ] {
            XCTAssertEqual(try Country(name).code, code, name)
        }
    }

    func testWhatIsNoCountryOrSeveralIsRefused() {
        for text in ["", "XX", "ZZ", "EU", "UK1", "Channel Islands", "West Indies", "Unspecified", "Atlantis"] {
            XCTAssertThrowsError(try Country(text), text) { XCTAssertEqual($0 as? ValueError, .badCountry(text)) }
        }
    }
}
