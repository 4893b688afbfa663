import StrictJSON
import TestSupport
import XCTest

@testable import Registry

final class ShopFieldTests: XCTestCase {
    private func define(_ name: String, _ kind: ShopField.Kind, _ choices: [String] = [], in book: Book) throws {
        try book.write { try FieldWriter($0).define(ShopField(name: name, kind: kind, choices: choices)) }
    }

    func testValuesAreKeptWithTheirTypes() throws {
        let words = ["S", "Übergröße"]
        for (kind, given, kept) in [
            (.text, .string(" as is "), .string(" as is ")), (.text, .number("12"), .string("12")),
            (.number, .number("1.50"), .number("1.50")), (.number, .string(" -7 "), .number("-7")),
            (.flag, .bool(true), .bool(true)), (.flag, .string("FALSE"), .bool(false)),
            (.day, .string("2024-02-29"), .string("2024-02-29")),
            (.choice, .string("UBERGROSSE"), .string("Übergröße")), (.choice, .string("s"), .string("S")),
        ] as [(ShopField.Kind, JSON, JSON)] {
            let field = ShopField(name: "f", kind: kind, choices: kind == .choice ? words : [])

            XCTAssertEqual(try field.value(of: given), kept, "\(kind) \(given)")
        }
    }

    func testWrongValuesAreRefused() {
        for (kind, given) in [
            (.text, .bool(true)), (.text, .object([])), (.number, .string("1,5")), (.number, .string("[1]")),
            (.number, .string("")), (.number, .bool(true)), (.flag, .string("yes")), (.flag, .number("1")),
            (.day, .string("2023-02-29")), (.day, .string("29.02.2024")), (.day, .string("2024-02-29T10:00Z")),
            (.choice, .string("M")), (.choice, .array([])), (.choice, .null),
        ] as [(ShopField.Kind, JSON)] {
            let field = ShopField(name: "f", kind: kind, choices: kind == .choice ? ["S", "L"] : [])

            XCTAssertThrowsError(try field.value(of: given), "\(kind) \(given)") { error in
                guard case .badValue("f", _) = error as? FieldError else { return XCTFail("\(error)") }
            }
        }
    }

    func testAShopWithoutFieldsTakesWhateverThereIs() throws {
        let book = try Book()
        var fields = try book.fields(name: "Ann")
        fields.custom = [JSON.Member(name: "anything", value: .array([.null]))]
        let entered = fields

        let id = try book.write { try CustomerWriter($0, book.occasion).create(entered, source: "staff") }

        XCTAssertEqual(try book.customer(id).fields.custom, fields.custom)
    }

    func testUndefinedFieldsAreRefusedOnceThereIsOne() throws {
        let book = try Book()
        let ann = try book.create(name: "Ann")
        try book.update(ann) { $0.custom = [JSON.Member(name: "old", value: .string("x"))] }
        try define("size", .number, in: book)

        try book.update(ann) { $0.custom.append(JSON.Member(name: "size", value: .string("44"))) }

        XCTAssertEqual(
            try book.customer(ann).fields.custom,
            [JSON.Member(name: "old", value: .string("x")), JSON.Member(name: "size", value: .number("44"))])
        assertThrows(FieldError.unknown("shoe", known: ["size"])) {
            try book.update(ann) { $0.custom.append(JSON.Member(name: "shoe", value: .string("44"))) }
        }
        assertThrows(FieldError.badValue(field: "size", reason: "a number is needed")) {
            try book.update(ann) { $0.custom = [JSON.Member(name: "size", value: .string("big"))] }
        }
    }

    func testDefinitionsAreChecked() throws {
        let book = try Book()

        for name in ["", "1st", "Größe", "a b", "A", String(repeating: "a", count: 65)] {
            assertThrows(FieldError.badName) { try define(name, .text, in: book) }
        }
        assertThrows(FieldError.needsChoices) { try define("size", .choice, in: book) }
        assertThrows(FieldError.noChoices) { try define("size", .text, ["S"], in: book) }
        try define("size", .choice, ["S"], in: book)
        try define("size", .choice, ["S", "M"], in: book)
        assertThrows(FieldError.taken(.choice)) { try define("size", .text, in: book) }
        XCTAssertEqual(
            try book.read { try FieldReader($0).fields() },
            [ShopField(name: "size", kind: .choice, choices: ["S", "M"])])
        try book.write { try FieldWriter($0).remove("size") }
        assertThrows(FieldError.notFound) { try book.write { try FieldWriter($0).remove("size") } }
    }

    func testMandatoryFieldsAreAskedForByTheShopAndByTheChannel() throws {
        let book = try Book().under {
            $0.requiredFields = [.email, .phone]
            $0.requiredFieldsByChannel = ["shop": [.email]]
        }

        assertThrows(CustomerError.incomplete(missing: ["email", "phone"])) { try book.create(name: "Ann") }
        assertThrows(CustomerError.incomplete(missing: ["email"])) {
            try book.register(.sale(100, to: try book.buyer(name: "Ann", phone: "030 123456")))
        }
        assertThrows(CustomerError.incomplete(missing: ["email"])) { try book.register(.sale(100)) }
        try book.register(.sale(100, channel: "pos"))
        let bo = try XCTUnwrap(
            book.register(.sale(100, channel: "pos", to: try book.buyer(name: "Bo", email: "bo@example.org"))).match
                .customer)
        try book.register(.sale(100, to: .customer(bo)))
        try book.update(bo) { $0.company = "Acme" }
        assertThrows(CustomerError.incomplete(missing: ["email"])) { try book.update(bo) { $0.email = nil } }
    }
}
