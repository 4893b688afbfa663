import Registry
import StrictJSON
import Transfer
import XCTest

final class ImportPlanTests: XCTestCase {
    private func fields(_ header: String, separator: Character = ",") throws -> [String] {
        let cells = header.split(separator: separator).map { _ in "" }.joined(separator: String(separator))
        return try ReadTable(header + "\n" + cells).plan.columns.map { $0.field?.word ?? "" }
    }

    func testHeaderWordsAreKnownInGermanEnglishAndTurkish() throws {
        XCTAssertEqual(try fields("Name,E-Mail,Password"), ["name", "email", ""])
        XCTAssertEqual(
            try fields(
                "Vorname;Nachname;E-Mail-Adresse;Telefonnummer;Geburtsdatum;Straße;PLZ;Ort;Land", separator: ";"),
            [
                "first_name", "last_name", "email", "phone", "birthday", "address.line1", "address.postcode",
                "address.city", "country",
            ])
        XCTAssertEqual(
            try fields("AD;SOYAD;E-POSTA;CEP TELEFONU;DOĞUM TARİHİ;ŞEHİR;ÜLKE;ŞİFRE", separator: ";"),
            ["first_name", "last_name", "email", "phone", "birthday", "address.city", "country", ""])
        XCTAssertEqual(try fields("full_name,EMAIL,Customer Group,Tags"), ["name", "email", "groups", "tags"])
    }

    func testPunctuationAndHintsInParenthesesDoNotMatter() throws {
        XCTAssertEqual(
            try fields("Email *;Newsletter (0/1);Opt-in (0/1);Groups (x,y,z...)", separator: ";"),
            ["email", "newsletter", "", "groups"])
    }

    func testBillingAndShippingAreAddressesOfTheirOwn() throws {
        XCTAssertEqual(
            try fields("user_email,billing_city,Shipping Postcode,Rechnungsadresse Ort,Lieferadresse PLZ,Fatura Şehir"),
            [
                "email", "billing.city", "shipping.postcode", "billing.city", "shipping.postcode", "billing.city",
            ])
    }

    func testBesideFirstNamesAColumnOfNamesHoldsLastNames() throws {
        XCTAssertEqual(try fields("Name,Vorname,E-Mail"), ["last_name", "first_name", "email"])
        XCTAssertEqual(try fields("Ad,E-posta"), ["name", "email"])
        XCTAssertEqual(try fields("Ad,Soyad,E-posta"), ["first_name", "last_name", "email"])
    }

    func testFurtherValuesAndAddressesAreKnownByTheirNumbers() throws {
        XCTAssertEqual(
            try fields("E-mail 1 - Value,E-mail 2 - Value,Phone 3,Address 2 - Street,Address 2,Address 2 - PO Box"),
            ["email", "email", "phone", "address2.line1", "address.line2", "address2.post_box"])
        XCTAssertEqual(
            try fields("E-Mail,Straße,Nr,PLZ,Lieferadresse Straße,No"),
            [
                "email", "address.line1", "address.house_number", "address.postcode", "shipping.line1",
                "shipping.house_number",
            ])
        XCTAssertEqual(
            try fields("E-Mail,No,Straße,Birth Year,Birth Month,Birth Day"),
            ["email", "", "address.line1", "birth_year", "birth_month", "birth_day"])
    }

    func testWhatSaysSomethingOfAPersonFillsTheShopsOwnFields() throws {
        let header = "E-Mail,Job Title,Website,Website 2,Fax,Geschlecht"
        XCTAssertEqual(
            try fields(header), ["email", "custom:job_title", "custom:website", "", "custom:fax", "custom:gender"])

        let shop = [ShopField(name: "fax", kind: .text, choices: [])]
        let table = try ReadTable(file: Array("\(header)\na@b.de,Chef,x.de,,1,w".utf8), fields: shop)
        XCTAssertEqual(table.plan.ignored.map(\.header), ["Job Title", "Website", "Website 2", "Geschlecht"])
        XCTAssertEqual(table.customers.first?.fields.custom.map(\.name), ["fax"])
        XCTAssertThrowsError(
            try ReadTable(file: Array("E-Mail,Hobby\na@b.de,x".utf8), given: ["Hobby": .custom("fun")], fields: shop)
        ) { XCTAssertEqual($0 as? ImportPlanError, .noField("fun")) }
    }

    func testWhatIsKnownAndMeansNothingHereIsLeftOutUnlessItIsMapped() throws {
        let text = "E-Mail,Total Spent,Opt-in,Hobby\na@b.de,12.50,1,Tee"
        let table = try ReadTable(text, given: ["Total Spent": .note, "Hobby": .nothing])

        XCTAssertEqual(
            table.plan.columns.map(\.meaning),
            [.field(.email), .field(.note), .leftOut(.consent), .field(.nothing)])
        XCTAssertEqual(table.customers.map(\.note), ["12.50"])
        XCTAssertEqual(table.customers.first?.fields.custom, [])
    }

    func testAMappingOutweighsTheHeaderWords() throws {
        let table = try ReadTable(
            "correo,nombre,Spalte 3,id\na@b.de,Ann,M,7\n",
            given: ["correo": .email, "NOMBRE": .name, "3": .custom("size"), "id": .note])

        XCTAssertEqual(table.plan.columns.map { $0.field?.word }, ["email", "name", "custom:size", "note"])
        assertThrowsPlan(.noColumn("Farbe")) { try ReadTable("email\na@b.de", given: ["Farbe": .note]) }
    }

    func testATableWithoutHeaderIsTakenWhereTheCellsProveIt() throws {
        let three = try ReadTable("Ann Öz,ann@example.org,geheim\nBo,bo@example.org,\n")
        XCTAssertFalse(three.plan.hasHeader)
        XCTAssertEqual(three.customers.map(\.fields.name), ["Ann Öz", "Bo"])
        XCTAssertEqual(three.plan.columns[2].meaning, .withheld(.password))
        XCTAssertEqual(try ReadTable("a@b.de\nc@d.de").customers.map(\.fields.email?.key), ["a@b.de", "c@d.de"])
        assertThrowsPlan(.noHeader(columns: 4)) { try ReadTable("Ann,Öz,a@b.de,Köln") }
        let mapped = try ReadTable("Ann,Öz,a@b.de,Köln", given: ["1": .firstName, "3": .email])
        XCTAssertEqual(mapped.customers.map(\.fields.firstName), ["Ann"])
    }

    func testATableInWhichNobodyCanBeFoundIsRefused() {
        assertThrowsPlan(.empty) { try ReadTable("\n\n") }
        assertThrowsPlan(.nothingFound(headers: ["Name", "Ort"])) { try ReadTable("Name,Ort\nAnn,Köln") }
    }

    func testColumnsOfSecretsAreWithheldWhateverTheMappingSays() throws {
        let table = try ReadTable(
            """
            Email,Card Number,Kommentar,session_tokens,password_hash,TC Kimlik No
            a@b.de,5555555555554444,4111 1111 1111 1111,abc,$2y$10$abcdefghijklmnopqrstuv,12345678901
            """, given: ["Kommentar": .note])

        XCTAssertEqual(
            table.plan.columns.map(\.meaning),
            [
                .field(.email), .withheld(.payment), .withheld(.payment), .withheld(.session), .withheld(.hash),
                .withheld(.identity),
            ])
        XCTAssertNil(table.customers[0].note)
    }

    func testAPasswordColumnOfHashesIsWithheld() throws {
        let table = try ReadTable("email,passwd\na@b.de,5f4dcc3b5aa765d61d8327deb882cf99\n")

        XCTAssertEqual(table.plan.columns[1].meaning, .withheld(.hash))
    }

    func testWordsOfAMappingAreReadBack() {
        for word in ImportField.simpleWords + ["billing.city", "shipping.line1", "custom:Größe"] {
            XCTAssertEqual(ImportField(word: word)?.word, word)
        }
        for word in ["", "custom:", "billing", "billing.", "billing.nothing", "e-mail"] {
            XCTAssertNil(ImportField(word: word), word)
        }
    }

    private func assertThrowsPlan(
        _ expected: ImportPlanError, line: UInt = #line, _ body: () throws -> ReadTable
    ) {
        XCTAssertThrowsError(try body(), line: line) { XCTAssertEqual($0 as? ImportPlanError, expected, line: line) }
    }
}
