import ControlClient
import StrictJSON
import TestSupport
import Transfer
import XCTest

final class ExportTests: XCTestCase {
    private static let formulas = [
        "=1+1", "+4917612345678", "-2", "-1,2.3", "--1", "@SUM(A1)", "'=quoted", "＝1", "=cmd|' /C calc'!A0", "-1+2",
        "''", "'plain",
    ]

    /// The records of an export, its header first, as an import reads them.
    private func table(_ line: String, _ connection: ControlConnection, delimiter: Character = ",") throws -> [[String]]
    {
        let pieces = try connection.rows(line).map { $0.text("text") ?? "" }
        let bytes = Array(pieces.joined().utf8)
        XCTAssertEqual(Array(bytes.prefix(3)), CSVWriter.byteOrderMark)
        XCTAssertEqual(Array(bytes.suffix(2)), [0x0D, 0x0A])
        var reader = CSVReader(delimiter: delimiter.asciiValue ?? 0)
        var records: [[String]] = []
        bytes.dropFirst(3).withContiguousStorageIfAvailable { bytes in
            reader.read(bytes) { records.append($0.fields) }
        }
        reader.finish { records.append($0.fields) }
        return records
    }

    private func column(_ name: String, _ table: [[String]]) throws -> [String] {
        let index = try XCTUnwrap(table[0].firstIndex(of: name), "\(table[0])")
        return table.dropFirst().map { SpreadsheetText.plain($0[index]) }
    }

    func testEveryValueComesBackAsItWasAndNoneIsAFormula() throws {
        try withShop { _, connection in
            for text in Self.formulas {
                let name = JSON.string(text).text
                try connection.ok(#"customer.create name=\#(name) company=\#(name) custom={"size":\#(name)}"#)
            }
            try connection.ok("customer.create phone=+4917612345678")
            try connection.ok(#"tag.assign customer=1 tag="a;b""#)
            try connection.ok(
                #"tag.assign customer=1 tag="say ""hi""""#.replacingOccurrences(of: "\"\"hi\"\"", with: "\\\"hi\\\""))

            let table = try table("customer.export ids=true", connection)

            XCTAssertEqual(try column("Name", table).prefix(Self.formulas.count), Self.formulas[...])
            XCTAssertEqual(try column("Company", table).prefix(Self.formulas.count), Self.formulas[...])
            XCTAssertEqual(try column("custom:size", table).prefix(Self.formulas.count), Self.formulas[...])
            XCTAssertEqual(try column("Phone", table).last, "+4917612345678")
            XCTAssertEqual(try column("Tags", table).first, #""a;b","say ""hi""""#)
            for cell in table.dropFirst().joined() where Double(cell) == nil {
                XCTAssertFalse(["=", "+", "-", "@", "\t", "\r"].contains(cell.prefix(1)), cell)
            }
            XCTAssertEqual(try column("Patron ID", table).last, "13")
        }
    }

    func testFilterColumnsAndDelimiterAreThoseThatWereAskedFor() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann email=ann@example.org")
            try connection.ok("customer.create name=Bo email=bo@example.org")
            try connection.ok("tag.assign customer=2 tag=VIP")
            try connection.ok("order.register channel=online-shop ext=1 customer=2 total=12.50")
            try connection.ok("order.register channel=online-shop ext=2 customer=2 total=3.00 currency=USD")

            XCTAssertEqual(
                try table("customer.export columns=email,total,orders tag=vip", connection),
                [["E-Mail", "Total EUR", "Total USD", "Orders"], ["bo@example.org", "12.50", "3.00", "2"]])
            XCTAssertEqual(
                try table("customer.export columns=name,total delimiter=; sort=-name", connection, delimiter: ";"),
                [["Name", "Total EUR", "Total USD"], ["Bo", "12,50", "3,00"], ["Ann", "0,00", ""]])
            for line in [
                "customer.export format=xlsx", "customer.export delimiter=x", "customer.export columns=secret",
                "customer.export channel=nowhere", "order.export state=odd",
            ] {
                XCTAssertEqual(try connection.ask(line).error?.text, "400 bad-value", line)
            }
        }
    }

    func testAnotherShopsImportGivesTheSameTable() throws {
        try withShop { daemon, connection in
            try connection.ok(
                #"customer.create name="=Öz" email=oz@example.org phone=+4917612345678 country=TR language=tr custom={"size":"-3","=x":"y"} birthday=1984-02-29 vat_id=DE1 tax_exempt=true"#
            )
            try connection.ok(
                #"customer.create first_name=Bo last_name="Li, jr." email=bo@example.org company="@home" country=DE"#)
            try connection.ok("customer.create name=\"O'Neil \\\"x\\\"\" email=o@example.org country=DE test=true")
            for tag in [#""a;b""#, "VIP", #""=1""#] { try connection.ok("tag.assign customer=1 tag=\(tag)") }
            try connection.ok("group.create name=Gold")
            try connection.ok("group.assign customer=2 group=Gold")
            try connection.ok(#"customer.update 1 name="=Öz Işık""#)
            let exported = try connection.rows("customer.export").map { $0.text("text") ?? "" }.joined()
            try daemon.connect().ok("tenant.create twin currency=EUR country=DE")
            let twin = try daemon.connect(to: "twin")

            let report = try twin.ask("customer.import text=\(JSON.string(exported).text)")
            XCTAssertEqual(report.ok?.number("created"), 3, "\(report)")

            XCTAssertEqual(try twin.rows("customer.export").map { $0.text("text") ?? "" }.joined(), exported)
            let again = try twin.ask("customer.import text=\(JSON.string(exported).text)")
            XCTAssertEqual(again.ok?.number("created"), 0, "\(again)")
            XCTAssertEqual(again.ok?.number("changed"), 0, "\(again)")
            XCTAssertEqual(try twin.rows("customer.export").map { $0.text("text") ?? "" }.joined(), exported)
        }
    }

    func testAddressesStandInTheColumnsOfTheirRoles() throws {
        try withShop { _, connection in
            try connection.ok("customer.create name=Ann")
            let city = "customer=1 country=DE postcode=10115 city=Berlin"
            try connection.ok(#"address.add \#(city) title=Home line1="Invalidenstr. 1" shipping=true"#)
            try connection.ok(#"address.add \#(city) title=Work company=ACME line1="Chausseestr. 2" billing=true"#)

            let table = try table("customer.export columns=name,shipping,billing", connection)

            XCTAssertEqual(try column("Shipping address title", table), ["Home"])
            XCTAssertEqual(try column("Shipping address 1", table), ["Invalidenstr. 1"])
            XCTAssertEqual(try column("Shipping postcode", table), ["10115"])
            XCTAssertEqual(try column("Billing company", table), ["ACME"])
            XCTAssertEqual(try column("Billing country", table), ["DE"])
            XCTAssertEqual(table[0].count, 21)
        }
    }

    func testAnOrdersAmountsStandWithItsFirstLineAlone() throws {
        try withShop { _, connection in
            try connection.ok(
                #"order.register channel=online-shop ext=A1 customer={"name":"=Ann","email":"ann@example.org"} placed_at=2026-01-05T10:00 lines=[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"},{"sku":"TEA","quantity":"0.5","unit_price":"4.00"}]"#
            )
            try connection.ok("order.register channel=online-shop ext=R1 kind=return total=5.00 placed_at=2026-01-04")

            let table = try table("order.export", connection)

            XCTAssertEqual(try column("Order", table), ["A1", "A1", "R1"])
            XCTAssertEqual(try column("Placed", table)[0], "2026-01-05 10:00:00")
            XCTAssertEqual(try column("Name", table), ["=Ann", "=Ann", ""])
            XCTAssertEqual(try column("Total", table), ["17.00", "", "-5.00"])
            XCTAssertEqual(table[3][try XCTUnwrap(table[0].firstIndex(of: "Total"))], "-5.00")
            XCTAssertEqual(try column("SKU", table), ["MUG", "TEA", ""])
            XCTAssertEqual(try column("Quantity", table), ["2", "0.5", ""])
            XCTAssertEqual(try column("Unit price", table), ["7.50", "4.00", ""])
        }
    }

    func testALongExportComesInPiecesAndNothingForStaffAloneIsInIt() throws {
        try withShop { daemon, connection in
            try connection.ok("batch")
            for number in 1...900 {
                try connection.ok(
                    "customer.create name=\"Customer \(number)\" email=c\(number)@example.org company=\(String(repeating: "x", count: 100))"
                )
            }
            try connection.ok("commit")
            try connection.ok("note.add customer=1 text=MARKER")
            try connection.ok("customer.deny 1 reason=MARKER")

            let rows = try connection.rows("customer.export")

            XCTAssertGreaterThan(rows.count, 3)
            let text = rows.map { $0.text("text") ?? "" }.joined()
            XCTAssertFalse(text.contains("MARKER"))
            XCTAssertEqual(text.count { $0 == "\r\n" }, 901)
            XCTAssertEqual(try connection.ask("customer.export").ok?.number("rows"), 900)
        }
    }
}
