import Registry
import TestSupport
import XCTest

final class AddressFormatTests: XCTestCase {
    private func label(_ members: KeyValuePairs<AddressField, String>, in book: Book) throws -> [String] {
        var fields = AddressFields()
        for (field, text) in members { try fields.set(field, to: text) }
        return AddressFormat.lines(of: fields, customer: "Ann Öz", from: book.occasion.shop)
    }

    func testALabelIsWrittenAsItsCountryWritesIt() throws {
        let book = try Book()

        XCTAssertEqual(
            try label(
                [
                    .company: "Acme", .line1: "Am Weg 1", .line2: "Hof", .postcode: "50667", .city: "Köln",
                    .country: "DE",
                ],
                in: book),
            ["Ann Öz", "Acme", "Am Weg 1", "Hof", "50667 Köln"])
        XCTAssertEqual(
            try label(
                [
                    .name: "Bo", .line1: "1 Main St", .postcode: "78701", .city: "Austin", .region: "texas",
                    .country: "US",
                ],
                in: book),
            ["Bo", "1 Main St", "Austin, TX 78701", "VEREINIGTE STAATEN"])
        XCTAssertEqual(
            try label([.line1: "1 High St", .postcode: "sw1a 1aa", .city: "London", .country: "GB"], in: book),
            ["Ann Öz", "1 High St", "London", "SW1A 1AA", "VEREINIGTES KÖNIGREICH"])
        XCTAssertEqual(
            try label(
                [.line1: "İstiklal Cd. 2", .postcode: "34433", .city: "Beyoğlu", .region: "İstanbul", .country: "TR"],
                in: Book(country: "TR", currency: "TRY", locale: "tr")),
            ["Ann Öz", "İstiklal Cd. 2", "34433 Beyoğlu/İstanbul"])
        XCTAssertEqual(
            try label(
                [.line1: "İstiklal Cd. 2", .postcode: "34433", .city: "İstanbul", .region: "istanbul", .country: "TR"],
                in: book
            ).suffix(2), ["34433 İstanbul", "TÜRKEI"])
    }

    func testTheOwnScriptOfJapanBeginsWithTheLargestPart() throws {
        let book = try Book(country: "JP", currency: "JPY", locale: "ja")

        XCTAssertEqual(
            try label(
                [
                    .name: "山田太郎", .line1: "西新宿2-8-1", .postcode: "1638001", .city: "新宿区", .region: "東京都",
                    .country: "JP",
                ],
                in: book), ["〒163-8001", "東京都新宿区", "西新宿2-8-1", "山田太郎"])
        XCTAssertEqual(
            try label(
                [
                    .line1: "2-8-1 Nishi-Shinjuku", .postcode: "1638001", .city: "Shinjuku", .region: "Tokyo",
                    .country: "JP",
                ], in: book),
            ["Ann Öz", "2-8-1 Nishi-Shinjuku", "Shinjuku, Tokyo 163-8001"])
    }

    func testPostcodesAreGroupedWhereTheGroupsAreFixed() throws {
        let book = try Book()
        for (country, written, printed) in [
            ("CA", "m6k1v2", "M6K 1V2"), ("NL", "1017cd", "1017 CD"), ("PL", "33106", "33-106"),
            ("SE", "19461", "194 61"), ("JP", "7300846", "730-0846"), ("NL", "1017", "1017"),
            ("DE", "d-50667", "D-50667"),
        ] {
            let lines = try label(
                [.line1: "x", .postcode: written, .city: "Y", .region: "Z", .country: country], in: book)
            XCTAssertTrue(lines.contains { $0.contains(printed) }, "\(lines)")
        }
    }

    func testNothingIsPrintedOfWhatIsNotThere() throws {
        let book = try Book()

        XCTAssertEqual(try label([.country: "US"], in: book), ["Ann Öz", "VEREINIGTE STAATEN"])
        XCTAssertEqual(try label([:], in: book), ["Ann Öz"])
        XCTAssertEqual(try label([.region: "Texas", .postcode: "1", .country: "US"], in: book)[1], "TX 1")
    }

    func testEveryCountryHasACompleteAddressThatPrintsWhatItNeeds() throws {
        let codes = "DE FR TR CH GB US CA JP AU IE BR HU RU CN IN AE XX".split(separator: " ")
        for code in codes where (try? Country(String(code))) != nil {
            var fields = AddressFields()
            for field in [AddressField.line1, .city, .region, .postcode] { try fields.set(field, to: "\(field)") }
            try fields.set(.country, to: String(code))
            XCTAssertEqual(fields.missing, [], String(code))
        }
    }
}
