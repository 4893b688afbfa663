import Registry
import TestSupport
import Transfer
import XCTest

final class ImportRowReaderTests: XCTestCase {
    private func one(_ header: String, _ cells: String, country: String = "DE") throws -> ImportRowReader.Row {
        let table = try ReadTable(header + "\n" + cells, country: country)
        return try XCTUnwrap(table.rows.first)
    }

    func testCellsAreTrimmedAndTheirProtectionTakenOff() throws {
        let row = try one("Name,E-Mail,Telefon", " Ann\u{A0}, a@b.de ,'+49 30 123456")

        XCTAssertEqual(row.customer?.fields.name, "Ann")
        XCTAssertEqual(row.customer?.fields.phoneKey, "+4930123456")
        XCTAssertEqual(try one("Name,E-Mail", "=SUM(A1),a@b.de").customer?.fields.name, "=SUM(A1)")
        XCTAssertEqual(try one("Name,E-Mail", "'=SUM(A1),a@b.de").customer?.fields.name, "=SUM(A1)")
    }

    func testARowWithoutAnyKeyIsLeftOut() throws {
        let row = try one("Name,E-Mail,Telefon", "Ann,,5")

        XCTAssertNil(row.customer)
        XCTAssertEqual(row.remarks.map(\.reason), [.doubtfulPhone, .noKey])
    }

    func testABadEmailAddressLeavesTheRowOutAndABadDateOnlyTheCell() throws {
        let bad = try one("Name,E-Mail", "Ann,ann at example.org")
        XCTAssertNil(bad.customer)
        XCTAssertEqual(bad.remarks.map(\.column), ["E-Mail"])
        XCTAssertEqual(bad.remarks.map(\.reason.slug), ["bad-value"])

        let half = try one("E-Mail,Geburtstag", "a@b.de,31.02.1980")
        XCTAssertNotNil(half.customer)
        XCTAssertEqual(half.remarks.map(\.reason), [.badDate])
    }

    func testDatesAreNeverGuessed() throws {
        for (text, day) in [
            ("1980-02-29", "1980-02-29"), ("29.2.1980", "1980-02-29"), ("1980/02/29", "1980-02-29"),
            ("29/02/1980", "1980-02-29"), ("02-29-1980", "1980-02-29"), ("19800229", "1980-02-29"),
        ] {
            XCTAssertEqual(try one("E-Mail,Birthday", "a@b.de,\(text)").customer?.fields.birthday, day, text)
        }
        XCTAssertEqual(try one("E-Mail,Birthday", "a@b.de,5/6/2010").remarks.map(\.reason), [.ambiguousDate])
        XCTAssertEqual(try one("E-Mail,Birthday", "a@b.de,gestern").remarks.map(\.reason), [.badDate])
        XCTAssertNil(try one("E-Mail,Birthday", "a@b.de,0000-00-00").customer?.fields.birthday)
        let proven = try ReadTable("E-Mail,Birthday\na@b.de,5/6/2010\nb@b.de,5/16/2010\n")
        XCTAssertEqual(proven.customers.map(\.fields.birthday), ["2010-05-06", "2010-05-16"])
    }

    func testADayWithoutAYearIsNoBirthdayAndThreeColumnsAreOne() throws {
        for text in ["02-29", "2/29", "--02-29"] {
            XCTAssertEqual(try one("E-Mail,Birthday", "a@b.de,\(text)").remarks.map(\.reason), [.yearlessDate], text)
        }
        let header = "E-Mail,Birth Year,Birth Month,Birth Day"
        XCTAssertEqual(try one(header, "a@b.de,1984,2,29").customer?.fields.birthday, "1984-02-29")
        XCTAssertEqual(try one(header, "a@b.de,,2,29").remarks.map(\.reason), [.yearlessDate])
        XCTAssertEqual(try one(header, "a@b.de,1983,2,29").remarks.map(\.reason), [.badDate])
        XCTAssertEqual(try one(header, "a@b.de,,,").remarks, [])
    }

    func testFurtherAddressesAndNumbersAreReported() throws {
        let row = try one(
            "E-Mail,E-Mail 2,Telefon,Mobil,Firma,Company", "a@b.de,c@b.de,030 123456,0171 2345678,Öz,Öz & Co")

        XCTAssertEqual(row.customer?.fields.email?.key, "a@b.de")
        XCTAssertEqual(row.customer?.fields.company, "Öz")
        XCTAssertEqual(row.remarks.map(\.column), ["E-Mail 2", "Company", "Mobil"])
        XCTAssertEqual(Set(row.remarks.map(\.reason.slug)), ["further-value"])
        XCTAssertEqual(try one("E-Mail,E-Mail 2", "a@b.de,A@B.de").remarks, [])
        XCTAssertEqual(try one("E-Mail,Telefon,Mobil", "a@b.de,030 123456,+49 30 123456").remarks, [])
        let google = try one("E-Mail,Name", "a@b.de ::: c@b.de,Ann")
        XCTAssertEqual(google.remarks.map(\.reason), [.furtherValue("e-mail address")])
        let second = try one("E-Mail,E-Mail 2", "nobody,c@b.de")
        XCTAssertEqual(second.customer?.fields.email?.key, "c@b.de")
        XCTAssertEqual(second.remarks.map(\.column), ["E-Mail"])
    }

    func testJoinedIsReadWithItsTime() throws {
        for (text, expected) in [
            ("1991-10-02T20:30:31.000Z", "1991-10-02T20:30:31Z"), ("2015-10-30 12:49:47", "2015-10-30T12:49:47Z"),
            ("30.10.2015 8:05", "2015-10-30T08:05:00Z"), ("10/30/2015 1:05 PM", "2015-10-30T13:05:00Z"),
            ("2026-04-23T10:11:12Z", "2026-04-23T10:11:12Z"), ("2015-10-30", "2015-10-30T00:00:00Z"),
        ] {
            XCTAssertEqual(try one("E-Mail,Created", "a@b.de,\(text)").customer?.joinedAt?.text, expected, text)
        }
    }

    func testNationalNumbersAreReadInTheRowsCountry() throws {
        let french = try one("E-Mail,Telefon,Land", "a@b.de,01 42 68 53 00,Frankreich")
        XCTAssertEqual(french.customer?.fields.phoneKey, "+33142685300")
        let turkish = try one("E-posta;Telefon", "a@b.de;05551234567", country: "TR")
        XCTAssertEqual(turkish.customer?.fields.phoneKey, "+905551234567")
        XCTAssertEqual(try one("E-Mail,Telefon", "a@b.de,1512 3456789").remarks.map(\.reason), [.doubtfulPhone])
    }

    func testCountriesAreKnownByNameInManyLanguages() throws {
        for (name, code) in [
            ("Deutschland", "DE"), ("Germany", "DE"), ("Almanya", "DE"), ("TÜRKİYE", "TR"), ("Türkei", "TR"),
            ("España", "ES"), ("Italia", "IT"), ("USA", "US"), ("Côte d'Ivoire", "CI"), ("Österreich", "AT"),
            ("gb", "GB"), ("İsviçre", "CH"),
        ] {
            XCTAssertEqual(try one("E-Mail,Land", "a@b.de,\(name)").customer?.fields.country?.code, code, name)
        }
        XCTAssertEqual(try one("E-Mail,Land", "a@b.de,Absurdistan").remarks.map(\.reason), [.badCountry])
    }

    func testListsInACellAreTaken() throws {
        for (cell, tags) in [
            ("\"vip, horeca\"", ["vip", "horeca"]), ("vip;horeca;vip", ["vip", "horeca"]),
            ("\"\"\"a-b\"\",\"\"c\"\"\"", ["a-b", "c"]), ("* myContacts ::: Governo ::: MIPIM", ["Governo", "MIPIM"]),
            ("VIP", ["VIP"]),
        ] {
            XCTAssertEqual(try one("E-Mail,Tags", "a@b.de,\(cell)").customer?.tags, tags, cell)
        }
    }

    func testTheStricterOfTwoConsentsCounts() throws {
        func consents(_ header: String, _ cells: String) throws -> [ImportedConsent] {
            try one("E-Mail," + header, "a@b.de," + cells).customer?.consents.map(\.consent) ?? []
        }
        XCTAssertEqual(try consents("Accepts Marketing", "yes"), [.granted])
        XCTAssertEqual(try consents("Newsletter", "Hayır"), [.refused])
        XCTAssertEqual(try consents("Newsletter", ""), [])
        XCTAssertEqual(try consents("Status", "active"), [])
        XCTAssertEqual(try consents("CONFIRM_TIME,Status", "2024-01-01 10:05:00,cleaned"), [.bounced])
        XCTAssertEqual(try consents("CONFIRM_TIME,Status", ",pending"), [.pending])
        XCTAssertEqual(try consents("Newsletter,Status", "1,unsubscribed"), [.refused])
        XCTAssertEqual(try consents("Membership Status", "NOT_SUBSCRIBED"), [.refused])
    }

    func testAddressesAreGatheredByTheirPurpose() throws {
        let row = try one(
            "email,billing_first_name,billing_last_name,billing_address_1,billing_city,billing_country,shipping_city,street",
            "a@b.de,Ann,Öz,Weg 1,Köln,de,Bonn,\"[\"\"6146 Honey Bluff\"\",\"\"Suite 2\"\"]\"")

        let addresses = try XCTUnwrap(row.customer?.addresses)
        XCTAssertEqual(addresses.map(\.purpose), [.billing, .shipping, nil])
        XCTAssertEqual(addresses.map(\.city), ["Köln", "Bonn", nil])
        XCTAssertEqual(addresses.map(\.line1), ["Weg 1", nil, "6146 Honey Bluff"])
        XCTAssertEqual(addresses[2].line2, "Suite 2")
        XCTAssertEqual(row.customer?.fields.fullName, "Ann Öz")
        XCTAssertEqual(row.customer?.fields.country?.code, "DE")
    }

    func testRowsMarkedAsDeletedAreLeftOut() throws {
        XCTAssertEqual(try one("E-Mail,Deleted", "a@b.de,TRUE").remarks.map(\.reason), [.deleted])
        XCTAssertNotNil(try one("E-Mail,Deleted", "a@b.de,FALSE").customer)
    }

    func testMalformedRecordsAreLeftOut() throws {
        let row = try one("E-Mail,Name", "a@b.de,\"Hey \" you\"")

        XCTAssertNil(row.customer)
        XCTAssertEqual(row.remarks.map(\.reason.slug), ["malformed"])
    }

    func testNoCellsAreTooStrange() throws {
        let headers = [
            "E-Mail", "Name", "Telefon", "Geburtstag", "Created", "Land", "Tags", "Newsletter", "Straße", "ID",
            "Passwort",
        ]
        let cells = [
            "", "a@b.de", "'", "''", "\u{0}", "[", "[\"", ":::", " ::: ", "1/1/1", "99999999999999999999", "-",
            "\u{FFFD}",
            "2020-13-45T99:99", "12:00", "\u{202E}x", "😀", "T", " ", "1/1/2020 AM", "0000-00-00", "+", "\"a", ",,,",
            "$2y$",
        ]
        var generator = SeededGenerator(seed: 2026)
        var read = 0
        for _ in 0..<3_000 {
            var writer = CSVWriter()
            writer.record(headers)
            writer.record(
                headers.map { _ in generator.pick(cells) + (generator.below(4) == 0 ? generator.pick(cells) : "") })
            read += try ReadTable(file: writer.take()).rows.count
        }
        XCTAssertEqual(read, 3_000)
    }
}
