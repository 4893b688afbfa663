import Registry
import StrictJSON
import TestSupport
import Transfer
import XCTest

final class LDIFTests: XCTestCase {
    private func read(_ text: String) throws -> ReadTable { try ReadTable(cards: Array(text.utf8), .ldif) }

    func testAnEntryIsRead() throws {
        let table = try read(
            """
            version: 1
            # a comment
              that goes on

            dn: cn=Ann Öz,mail=ann@example.org
            objectclass: inetOrgPerson
            cn: Ann
              Öz
            sn:: w5Z6
            mail: ann@example.org
            mozillaSecondEmail: other@example.org
            mobile: 0171 2345678
            o: Öz & Co
            street: Weg 1
            l: Köln
            postalCode: 50667
            c: DE
            mozillaHomeStreet: Gasse 2
            mozillaHomeLocalityName: Wien
            mozillaHomeCountryName: AT
            birthyear: 1984
            birthmonth: 2
            birthday: 29
            description:: ZWlucwp6d2Vp
            createTimestamp: 20080618194706Z
            labeledURI: https://example.org my page
            userPassword: {SSHA}abcdefghijklmnopqrstuvwxyz
            jpegPhoto:< file:///photo.jpg
            """)

        let customer = try XCTUnwrap(table.customers.first)
        XCTAssertEqual(customer.fields.name, "Ann Öz")
        XCTAssertEqual(customer.fields.lastName, "Öz")
        XCTAssertEqual(customer.fields.email?.key, "ann@example.org")
        XCTAssertEqual(customer.fields.phoneKey, "+491712345678")
        XCTAssertEqual(customer.fields.company, "Öz & Co")
        XCTAssertEqual(customer.fields.birthday, "1984-02-29")
        XCTAssertEqual(customer.note, "eins\nzwei")
        XCTAssertEqual(customer.joinedAt?.text, "2008-06-18T19:47:06Z")
        XCTAssertEqual(customer.addresses.map(\.city), ["Köln", "Wien"])
        XCTAssertEqual(customer.addresses.map(\.title), ["Work", "Home"])
        XCTAssertEqual(customer.fields.custom.map(\.value.stringValue), ["https://example.org"])
        XCTAssertEqual(table.remarks.map(\.reason), [.furtherValue("e-mail address")])
        XCTAssertEqual(table.plan.withheld.map(\.header), ["userpassword"])
        XCTAssertEqual(table.plan.leftOut.map(\.column.header), ["jpegphoto"])
    }

    func testAPasswordIsWithheldWhateverTheMappingSays() throws {
        for attribute in ["userPassword: plain", "userPassword:: cGxhaW4=", "userPassword: {MD5}x", "passwd: plain"] {
            let name = String(attribute.prefix { $0 != ":" }).lowercased()
            for given in [[:], [name: ImportField.custom("secret")], [name: .note]] {
                let entry = Array("dn: cn=Ann\ncn: Ann\nmail: ann@example.org\n\(attribute)\n".utf8)
                let table = try ReadTable(cards: entry, .ldif, given: given)

                XCTAssertEqual(table.plan.withheld.map(\.header), [name])
                XCTAssertEqual(table.customers.first?.fields.custom, [])
                XCTAssertNil(table.customers.first?.note)
            }
        }
    }

    func testANULIsReportedAndItsValueLeftOut() throws {
        let table = try read("dn: cn=Ann\nmail: ann@example.org\ncn:: QW4AbgA=\n")

        XCTAssertNil(table.customers.first?.fields.name)
        XCTAssertEqual(table.remarks.map(\.reason), [.nul])
        let sheet = try ReadTable("email,name,note,password\nann@example.org,An\0n,fine,x\nbo@example.org\0,Bo,,\n")
        XCTAssertEqual(sheet.customers.map(\.note), ["fine"])
        XCTAssertNil(sheet.customers.first?.fields.name)
        XCTAssertEqual(sheet.remarks.map(\.reason), [.nul, .nul, .noKey])
    }

    func testGroupsAndChangesAreLeftOut() throws {
        let table = try read(
            """
            dn: cn=list
            objectclass: groupOfNames
            cn: list
            mail: list@example.org

            dn: cn=a
            changetype: modify
            replace: mail
            mail: a@b.de
            -

            dn: cn=b
            changetype: add
            mail: b@b.de
            """)

        XCTAssertEqual(table.customers.map(\.fields.email?.key), ["b@b.de"])
        XCTAssertEqual(
            table.remarks.filter(\.reason.skipsRow).map(\.reason),
            [
                .malformed("no person, but a group or a part of a directory"),
                .malformed("a change to an entry, not an entry"),
            ])
    }
}
