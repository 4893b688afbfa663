import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

final class ImportTests: XCTestCase {
    private func upload(_ text: String, to connection: ControlConnection) throws {
        try upload(Array(text.utf8), to: connection)
    }

    private func upload(_ bytes: [UInt8], to connection: ControlConnection) throws {
        try connection.ok("upload.begin")
        try connection.ok("upload.append u1 data=\(Data(bytes).base64EncodedString())")
    }

    func testTwoImportsOfTheSamePeopleAreUndoneInTheirOrderOnly() throws {
        try withShop { _, connection in
            for name in ["Ann", "Anna"] {
                try connection.ok(
                    #"customer.import mode=skip-bad overwrite=true text="email,name\nann@example.org,\#(name)\n""#)
            }
            let refused = try connection.ask("customer.undo-import 1").error
            XCTAssertEqual(refused?.text, "409 later-import")
            XCTAssertEqual(refused?.body["import"], .number("2"))

            XCTAssertEqual(try connection.ok("customer.undo-import 2")["restored"], .number("1"))
            XCTAssertEqual(try connection.ok("customer.show 1")["name"], .string("Ann"))
            XCTAssertEqual(try connection.ok("customer.undo-import 1")["removed"], .number("1"))
            XCTAssertEqual(try connection.refusal("customer.show 1"), "404 no-customer")
        }
    }

    func testATableIsImportedAndItsImportUndone() throws {
        try withShop { _, connection in
            try upload(
                "\u{FEFF}Name;E-Mail;Telefon\r\n\"Öz; Ann\";Ann@Example.org;030 123456\r\nBo;bo;\r\n", to: connection)

            let reply = try connection.ask("customer.import upload=u1")

            let end = try XCTUnwrap(reply.ok)
            XCTAssertEqual(end["created"], .number("1"))
            XCTAssertEqual(end["skipped"], .number("1"))
            XCTAssertEqual(end.text("delimiter"), ";")
            XCTAssertEqual(reply.rows.map { $0["row"] }, [.number("3")])
            XCTAssertEqual(reply.rows.first?.text("column"), "E-Mail")
            XCTAssertEqual(try connection.ok("customer.show 1").text("name"), "Öz; Ann")
            XCTAssertEqual(try connection.rows("customer.imports").map { $0.text("state") }, ["done"])

            XCTAssertEqual(try connection.ok("customer.undo-import 1")["removed"], .number("1"))

            XCTAssertEqual(try connection.refusal("customer.show 1"), "404 no-customer")
            XCTAssertEqual(try connection.refusal("customer.undo-import 1"), "409 import-undone")
            XCTAssertEqual(try connection.refusal("customer.undo-import 2"), "404 no-import")
        }
    }

    func testADryRunShowsTheMappingAndChangesNothing() throws {
        try withShop { _, connection in
            let end = try connection.ok(
                #"customer.import dry_run=true text="correo,Farbe,Kartennummer\nann@example.org,rot,5555555555554444" mapping={"correo":"email"}"#
            )

            XCTAssertEqual(end["created"], .number("1"))
            XCTAssertEqual(end["dry_run"], .bool(true))
            let columns = try XCTUnwrap(end["columns"]?.arrayValue)
            XCTAssertEqual(columns.map { $0["field"]?.stringValue }, ["email", nil, nil])
            XCTAssertEqual(columns[1].text("suggestion"), "custom:Farbe")
            XCTAssertEqual(columns[2].text("withheld"), "payment")
            XCTAssertEqual(columns.map { $0["values"] }, [nil, .number("1"), .number("1")])
            XCTAssertEqual(try connection.rows("customer.list").count, 0)
        }
    }

    func testAllOrNothingTakesNothingWhenARowIsBad() throws {
        try withShop { _, connection in
            let text = #"text="email,name\nann@example.org,Ann\nnobody,Bo\n""#

            XCTAssertEqual(try connection.refusal("customer.import mode=all-or-nothing \(text)"), "422 bad-rows")
            XCTAssertEqual(try connection.rows("customer.list").count, 0)
            XCTAssertEqual(try connection.rows("customer.imports").count, 0)

            XCTAssertEqual(try connection.ok("customer.import \(text)")["created"], .number("1"))
        }
    }

    func testACharsetThatCannotBeToldIsAskedFor() throws {
        try withShop { _, connection in
            try upload(Array("Name;E-Mail\nM".utf8) + [0xFC] + Array("ller;m@example.org\n".utf8), to: connection)

            let error = try XCTUnwrap(try connection.ask("customer.import upload=u1").error)
            XCTAssertEqual(error.text, "422 doubtful-charset")
            XCTAssertEqual(try connection.rows("customer.list").count, 0)

            try connection.ok("customer.import upload=u1 charset=latin1")
            XCTAssertEqual(try connection.ok("customer.show 1").text("name"), "Müller")
            XCTAssertEqual(try connection.refusal("customer.import upload=u1 charset=klingon"), "400 bad-value")
        }
    }

    func testATableThatIsNoneIsRefused() throws {
        try withShop { _, connection in
            XCTAssertEqual(try connection.refusal(#"customer.import text="""#), "422 empty")
            XCTAssertEqual(try connection.refusal(#"customer.import text="Name,Ort\nAnn,Ulm""#), "422 unmapped")
            XCTAssertEqual(try connection.refusal(#"customer.import text="Ann,Ulm,1,a@b.de""#), "422 no-header")
            XCTAssertEqual(
                try connection.refusal(#"customer.import text="email\na@b.de" mapping={"x":"note"}"#), "422 no-column")
            XCTAssertEqual(
                try connection.refusal(#"customer.import text="email\na@b.de" mapping={"email":"x"}"#), "400 bad-value")
            XCTAssertEqual(try connection.refusal("customer.import"), "400 missing-argument")
            XCTAssertEqual(try connection.refusal("customer.import upload=u9"), "404 no-upload")
        }
    }

    func testAnAddressBookIsImportedAndItsImportUndone() throws {
        try withShop { _, connection in
            let cards = """
                BEGIN:VCARD
                VERSION:3.0
                N:Öz;Ann;;;
                EMAIL:ann@example.org
                EMAIL:ann@example.com
                CATEGORIES:VIP
                X-SIZE:M
                END:VCARD
                BEGIN:VCARD
                VERSION:3.0
                FN:Nobody
                END:VCARD

                """
            try upload(cards, to: connection)

            let preview = try connection.ok(#"customer.import upload=u1 dry_run=true mapping={"X-SIZE":"custom:size"}"#)
            XCTAssertEqual(preview.text("format"), "vcard")
            XCTAssertEqual(preview["delimiter"], .null)
            XCTAssertEqual(
                preview["columns"]?.arrayValue?.map { $0.text("field") },
                ["last_name", "first_name", "email", "email", "tags", "custom:size", "name"])
            XCTAssertEqual(try connection.rows("customer.list").count, 0)

            let reply = try connection.ask("customer.import upload=u1")
            XCTAssertEqual(reply.ok?["created"], .number("1"))
            XCTAssertEqual(reply.ok?["skipped"], .number("1"))
            XCTAssertEqual(reply.rows.map { $0["row"] }, [.number("1"), .number("2")])
            XCTAssertEqual(reply.rows.map { $0.text("reason") }, ["further-value", "no-key"])
            XCTAssertEqual(reply.rows.map { $0.text("column") }, ["EMAIL 2", nil])
            XCTAssertEqual(try connection.ok("customer.show 1")["tags"], .array([.string("VIP")]))

            XCTAssertEqual(try connection.ok("customer.import upload=u1")["unchanged"], .number("1"))
            XCTAssertEqual(try connection.ok("customer.undo-import 1")["removed"], .number("1"))

            let directory = try connection.ok(#"customer.import text="dn: cn=Bo\ncn: Bo\nmail: bo@example.org\n""#)
            XCTAssertEqual(directory.text("format"), "ldif")
            XCTAssertEqual(directory["created"], .number("1"))
            XCTAssertEqual(try connection.ok("customer.undo-import 3")["removed"], .number("1"))
        }
    }

    func testAFieldOfTheShopTakesWhatItsTypeAllows() throws {
        try withShop { _, connection in
            try connection.ok("field.define name=size type=choice choices=M,L")
            try connection.ok("field.define name=fan type=flag")
            let text = #"text="E-Mail,Größe,Fan,Website\na@b.de,m,ja,x.de\nb@b.de,XXL,nein,\n""#
            let mapping = #"mapping={"Größe":"custom:size","Fan":"custom:fan"}"#

            let reply = try connection.ask("customer.import \(text) \(mapping)")

            XCTAssertEqual(reply.rows.map { $0.text("message") }, ["custom.size: one of M, L is needed; left out"])
            XCTAssertEqual(reply.ok?["columns"]?.arrayValue?.last?["ignored"], .bool(true))
            XCTAssertEqual(try connection.ok("customer.show 1")["custom"]?.text, #"{"size":"M","fan":true}"#)
            XCTAssertEqual(try connection.ok("customer.show 2")["custom"]?.text, #"{"fan":false}"#)
            XCTAssertEqual(
                try connection.refusal(#"customer.import \#(text) mapping={"Fan":"custom:fun"}"#), "422 no-field")
        }
    }

    func testARowThatRepeatsAnEarlierOneIsReportedWithIt() throws {
        try withShop { _, connection in
            let text =
                #"text="Name,E-Mail,Telefon\nAnn,ann@example.org,\nBo,bo@example.org,\nAnn,ANN@example.org,\n"#
                + #"Ann,ann@example.org,030 123456\n""#

            let preview = try connection.ask("customer.import dry_run=true \(text)")
            let reply = try connection.ask("customer.import \(text)")

            XCTAssertEqual(preview.rows, reply.rows)
            XCTAssertEqual(reply.rows.map { $0["row"] }, [.number("4")])
            XCTAssertEqual(reply.rows.map { $0.text("reason") }, ["repeats-row"])
            XCTAssertEqual(reply.rows.map { $0.text("message") }, ["the same customer as row 2"])
            XCTAssertEqual(reply.ok?["created"], .number("2"))
            XCTAssertEqual(try connection.ok("customer.show 1").text("phone"), "030 123456")
        }
    }

    func testManyRowsAreEnteredInStepsWithProgress() throws {
        try withShop { daemon, connection in
            var text = "Name,E-Mail,Tags\n"
            for number in 1...5_000 {
                text += "Person \(number),p\(number)@example.org,\(number % 2 == 0 ? "even" : "")\n"
            }
            try upload(text, to: connection)
            let client = try RawClient(daemon.socket)
            client.write("use acme\nupload.begin\nupload.append u1 data=\(Data(text.utf8).base64EncodedString())\n")
            _ = client.readLines(3)
            client.write("customer.import upload=u1\n")

            var lines = client.readLines(1)
            while let last = lines.last, last.hasPrefix("%") { lines += client.readLines(1) }

            XCTAssertTrue(lines.contains(#"% {"done":5000,"total":5000}"#), lines.joined(separator: "\n"))
            XCTAssertEqual(lines.count, 3)
            XCTAssertTrue(lines.last?.contains(#""created":5000"#) ?? false)
            XCTAssertEqual(try connection.ok("customer.list count=true limit=1 tag=even")["count"], .number("2500"))
            XCTAssertEqual(try connection.ok("customer.import upload=u1")["unchanged"], .number("5000"))
            XCTAssertEqual(try connection.ok("customer.undo-import 1")["removed"], .number("5000"))
            XCTAssertEqual(try connection.rows("customer.list").count, 0)
        }
    }
}
