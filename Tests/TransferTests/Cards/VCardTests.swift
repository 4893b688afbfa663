import Registry
import StrictJSON
import TestSupport
import Transfer
import XCTest

final class VCardTests: XCTestCase {
    private func read(_ lines: String..., country: String = "DE") throws -> ReadTable {
        try ReadTable(cards: Array(lines.joined(separator: "\r\n").utf8), .vCard, country: country)
    }

    private func card(_ lines: String..., version: String = "3.0", country: String = "DE") throws -> ReadTable {
        let text = (["BEGIN:VCARD", "VERSION:\(version)"] + lines + ["END:VCARD"]).joined(separator: "\r\n")
        return try ReadTable(cards: Array(text.utf8), .vCard, country: country)
    }

    func testACardIsReadWhateverItsVersion() throws {
        for version in ["2.1", "3.0", "4.0"] {
            let table = try card(
                "N:Öz;Ann;Maria;Dr.;", "FN:Dr. Ann Öz", "EMAIL:Ann@Example.org", "TEL:030 123456",
                "ORG:Öz & Co;Einkauf",
                "BDAY:19840229", "NOTE:mag Tee", "UID:urn:uuid:7", "URL:https://example.org", "LANG:tr",
                version: version)

            let customer = try XCTUnwrap(table.customers.first, version)
            XCTAssertEqual(customer.fields.name, "Dr. Ann Öz")
            XCTAssertEqual(customer.fields.firstName, "Ann Maria")
            XCTAssertEqual(customer.fields.lastName, "Öz")
            XCTAssertEqual(customer.fields.email?.key, "ann@example.org")
            XCTAssertEqual(customer.fields.phoneKey, "+4930123456")
            XCTAssertEqual(customer.fields.company, "Öz & Co")
            XCTAssertEqual(customer.fields.birthday, "1984-02-29")
            XCTAssertEqual(customer.fields.language, "tr")
            XCTAssertEqual(customer.note, "mag Tee")
            XCTAssertEqual(customer.ext, "7")
            XCTAssertEqual(customer.fields.custom.map(\.name), ["name_prefix", "department", "website"])
            XCTAssertEqual(table.remarks, [])
        }
    }

    func testLinesAreUnfoldedAsTheVersionSays() throws {
        let new = try card("EMAIL:a@b.de", "NOTE:Grü", " ße", "\tan alle", version: "4.0")
        XCTAssertEqual(new.customers.map(\.note), ["Grüßean alle"])
        let old = try card("EMAIL:a@b.de", "NOTE:Gruss", " an", "\talle", version: "2.1")
        XCTAssertEqual(old.customers.map(\.note), ["Gruss an\talle"])
    }

    func testQuotedPrintableAndItsCharsetAreDecoded() throws {
        let table = try card(
            "N;CHARSET=ISO-8859-9;ENCODING=QUOTED-PRINTABLE:I=FE=FDk;=", "=DE=FCk=", "r=FC;;;",
            "EMAIL;INTERNET;PREF:a@b.de", "NOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:=C3=9Cber=0D=0A=", "Nacht",
            version: "2.1")

        XCTAssertEqual(table.customers.map(\.fields.lastName), ["Işık"])
        XCTAssertEqual(table.customers.map(\.fields.firstName), ["Şükrü"])
        XCTAssertEqual(table.customers.map(\.note), ["Über\r\nNacht"])
    }

    func testTextThatIsNotInItsCharsetIsLeftOutAndNotGarbled() throws {
        let table = try card(
            "EMAIL:a@b.de", "FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=FCller",
            "NOTE;CHARSET=klingon;ENCODING=QUOTED-PRINTABLE:M=FCller", version: "2.1")

        XCTAssertEqual(table.customers.map(\.fields.name), [nil])
        XCTAssertEqual(table.customers.map(\.note), [nil])
        XCTAssertEqual(
            table.remarks.map(\.reason), [.unreadableText(charset: "utf-8"), .unreadableText(charset: "klingon")])
    }

    func testACharsetThatCannotBeToldIsAskedFor() throws {
        let bytes =
            Array("BEGIN:VCARD\nVERSION:2.1\nEMAIL:a@b.de\nFN:M".utf8) + [0xFC] + Array("ller\nEND:VCARD\n".utf8)

        XCTAssertThrowsError(try ReadTable(cards: bytes, .vCard)) { error in
            guard case .doubtful(let readings) = error as? CharsetError else { return XCTFail("\(error)") }
            XCTAssertTrue(readings.contains { $0.charset == .windows1252 && $0.words == ["Müller"] })
        }
        let given = try ReadTable(cards: bytes, .vCard, charset: .latin1)
        XCTAssertEqual(given.customers.map(\.fields.name), ["Müller"])
    }

    func testUTF16IsReadAsAWhole() throws {
        let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=windows-1254:Işık\r\nEMAIL:a@b.de\r\nEND:VCARD\r\n"
        let bytes: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }

        let table = try ReadTable(cards: bytes, .vCard)

        XCTAssertEqual(table.customers.map(\.fields.name), ["Işık"])
    }

    func testBackslashesMeanWhatTheVersionSays() throws {
        let new = try card(
            #"EMAIL:a@b.de"#, #"ORG:Meier\, Söhne\; Co;Ein\;kauf"#, #"NOTE:eins\nzwei\\drei\, vier"#, version: "3.0")
        XCTAssertEqual(new.customers.map(\.fields.company), ["Meier, Söhne; Co"])
        XCTAssertEqual(new.customers.map(\.note), ["eins\nzwei\\drei, vier"])
        let old = try card(#"EMAIL:a@b.de"#, #"ORG:Meier\; Söhne;X"#, #"NOTE:C:\new"#, version: "2.1")
        XCTAssertEqual(old.customers.map(\.fields.company), ["Meier; Söhne"])
        XCTAssertEqual(old.customers.map(\.note), [#"C:\new"#])
    }

    func testThePreferredValueCountsAndTheOthersAreReported() throws {
        let table = try card(
            "EMAIL;TYPE=HOME:home@example.org", "EMAIL;TYPE=WORK;TYPE=pref:work@example.org",
            "EMAIL:nowhere at all", "TEL;TYPE=HOME:030 111111", "TEL;TYPE=CELL,PREF:0171 2345678",
            "TEL;TYPE=\"work,fax\":030 222222", "TEL:+49 171 2345678")

        let customer = try XCTUnwrap(table.customers.first)
        XCTAssertEqual(customer.fields.email?.key, "work@example.org")
        XCTAssertEqual(customer.fields.phone, "0171 2345678")
        XCTAssertEqual(customer.fields.custom.map(\.value.stringValue), ["030 222222"])
        XCTAssertEqual(
            table.remarks.map(\.reason),
            [.furtherValue("e-mail address"), .furtherValue("e-mail address"), .furtherValue("telephone number")])
        XCTAssertEqual(table.remarks.map(\.column), ["EMAIL 2", "EMAIL 3", "TEL 2"])
    }

    func testAFurtherValueIsKeptWhereAMappingSays() throws {
        let text = "BEGIN:VCARD\nVERSION:3.0\nEMAIL:a@b.de\nEMAIL:b@b.de\nHobby:x\nX-IBAN:DE1\nEND:VCARD"
        let table = try ReadTable(
            cards: Array(text.utf8), .vCard, given: ["EMAIL 2": .custom("second_email"), "HOBBY": .nothing])

        XCTAssertEqual(table.customers.first?.fields.custom.map(\.name), ["second_email"])
        XCTAssertEqual(table.remarks, [])
        XCTAssertEqual(table.plan.withheld.map(\.header), ["X-IBAN"])
    }

    func testAddressesAreTakenByTheirKind() throws {
        let table = try card(
            #"ADR;TYPE=HOME:;;Weg 1\nHinterhaus;Köln;;50667;Deutschland"#,
            "ADR;TYPE=WORK,PREF:Postfach 12;Etage 2;Platz 3;Ulm;;89073;Deutschland", "ADR:;;Gasse 4;Wien;;1010;AT",
            "ADR:;;Gasse 5;Wien;;1010;AT", "EMAIL:a@b.de")

        let addresses = try XCTUnwrap(table.customers.first?.addresses)
        XCTAssertEqual(addresses.map(\.title), ["Work", "Home", nil, nil])
        XCTAssertEqual(addresses.map(\.line1), ["Platz 3", "Weg 1", "Gasse 4", "Gasse 5"])
        XCTAssertEqual(addresses.map(\.line2), ["Etage 2, Postfach 12", "Hinterhaus", nil, nil])
        XCTAssertEqual(addresses.map(\.country?.code), ["DE", "DE", "AT", "AT"])
    }

    func testCategoriesAreTags() throws {
        XCTAssertEqual(
            try card("EMAIL:a@b.de", "CATEGORIES:VIP,Ulm,a\\,b").customers.map(\.tags), [["VIP", "Ulm", "a,b"]])
        XCTAssertEqual(
            try card("EMAIL:a@b.de", "CATEGORIES:VIP\\, Ulm").customers.map(\.tags), [["VIP", "Ulm"]])
    }

    func testABirthdayWithoutAYearIsReported() throws {
        for line in ["BDAY:--0203", "BDAY:--02-03", "BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-03"] {
            XCTAssertEqual(try card("EMAIL:a@b.de", line).remarks.map(\.reason), [.yearlessDate], line)
        }
        XCTAssertEqual(try card("EMAIL:a@b.de", "BDAY:circa 1800").remarks.map(\.reason), [.badDate])
    }

    func testWhatIsNoPersonOrNotFinishedIsLeftOut() throws {
        let table = try read(
            "BEGIN:VCARD", "VERSION:4.0", "KIND:group", "FN:Alle", "MEMBER:urn:uuid:1", "END:VCARD", "BEGIN:VCARD",
            "EMAIL:a@b.de", "BEGIN:VCARD", "EMAIL:b@b.de", "END:VCARD", "BEGIN:VCARD", "EMAIL:c@b.de")

        XCTAssertEqual(table.customers.map(\.fields.email?.key), ["b@b.de"])
        XCTAssertEqual(table.customers.map(\.row), [3])
        XCTAssertEqual(
            table.remarks.map(\.reason),
            [
                .malformed("no person, but a group or a part of a directory"),
                .malformed("the card begins and does not end"), .malformed("the card begins and does not end"),
            ])
    }

    func testAnAgentIsNotTheCustomer() throws {
        let table = try card(
            "FN:Chef", "AGENT:", "BEGIN:VCARD", "FN:Assistent", "EMAIL:x@b.de", "END:VCARD", "EMAIL:a@b.de",
            version: "2.1")

        XCTAssertEqual(table.customers.map(\.fields.name), ["Chef"])
        XCTAssertEqual(table.customers.map(\.fields.email?.key), ["a@b.de"])
    }

    func testLinesThatAreNothingAreReported() throws {
        let table = try card("EMAIL:a@b.de", "what is this", "PHOTO;ENCODING=b:QUJD", " REVG")

        XCTAssertEqual(table.customers.count, 1)
        XCTAssertEqual(table.remarks.map(\.reason), [.strayLine(4)])
        XCTAssertEqual(table.plan.leftOut.map(\.column.header), ["PHOTO"])
    }

    func testALongPictureAndALongNoteDoNotGrowMemory() throws {
        let long = String(repeating: "x", count: 300_000)
        let table = try card("EMAIL:a@b.de", "PHOTO;ENCODING=b:\(long)", "NOTE:\(long)")

        XCTAssertEqual(table.customers.map(\.note), [nil])
        XCTAssertEqual(table.remarks.map(\.reason.slug), ["value-too-long"])
        let many = try card("EMAIL:a@b.de", (0..<1_200).map { "NOTE:\($0)" }.joined(separator: "\r\n"))
        XCTAssertEqual(many.remarks.map(\.reason.slug), ["malformed"])
    }

    func testTheFormatIsToldByTheContent() {
        for text in ["BEGIN:VCARD\n", "\u{FEFF}begin:vcard\r\n", "\n\n BEGIN : VCARD\n"] {
            XCTAssertEqual(CardFormat(detectingIn: Array(text.utf8)), .vCard, text)
        }
        for text in ["dn: cn=a\n", "version: 1\n\ndn: cn=a", "# a comment\n\ndn:: Y249YQ==\n"] {
            XCTAssertEqual(CardFormat(detectingIn: Array(text.utf8)), .ldif, text)
        }
        for text in ["", "email\na@b.de", "dn,email\n", "version,1\n", "BEGIN:VCALENDAR\n"] {
            XCTAssertNil(CardFormat(detectingIn: Array(text.utf8)), text)
        }
    }
}
