import ControlClient
import Foundation
import StrictJSON
import TestSupport
import XCTest

/// Customer lists as other systems write them, imported over the socket; what is expected of each is said beside them.
final class PlatformImportTests: XCTestCase {
    private static let help: [String: PlatformImport.Help] = [
        "civicrm/individual_unicode.csv": .init(mapping: #"{"Website":"external_id"}"#),
        "civicrm/yogi_latin1_nbsp.csv": .init(charset: "latin1"),
        "ghost/members-with-mappings.csv": .init(mapping: #"{"correo_electrpnico":"email","nombre":"name"}"#),
        "google-contacts/new_layout.csv": .init(country: "BR"),
        "magento/customer_profile_sample_data.csv": .init(country: "US"),
        "prestashop/addresses_import.csv": .init(country: "FR"),
        "stripe/customers_export.csv": .init(country: "US"),
        "thunderbird-outlook/quote.csv": .init(mapping: #"{"Screen Name":"phone"}"#, country: "US"),
        "thunderbird-outlook/shiftjis_addressbook.csv": .init(charset: "shift_jis"),
        "turkish/ad_soyad_template.csv": .init(country: "TR"),
        "wordpress-import-users/test.csv": .init(charset: "latin1"),
    ]

    /// Files that come after others.
    private static let earlier = ["ghost/members-update-blank.csv": "ghost/members-update-named.csv"]

    func testEveryFileImportsAsItsIndexSays() throws {
        let index = try JSON(parsing: [UInt8](Data(contentsOf: RealData.url("platforms/INDEX.json")))).arrayValue ?? []
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            var misses: [String] = []
            for (number, entry) in index.enumerated() {
                let file = String((entry.text("file") ?? "").dropFirst("platforms/".count))
                let files = [Self.earlier[file], file].compactMap(\.self).map { "platforms/\($0)" }
                do {
                    let found = try PlatformImport(
                        files, Self.help[file] ?? .init(), tenant: "shop-\(number)", daemon)
                    let judged = try PlatformExpectation(entry["expected"] ?? .null, found)
                    if !judged.misses.isEmpty { misses.append("\(file): \(judged.misses.joined(separator: ", "))") }
                    if (entry["expected"] ?? .null) == .null, found.customers.isEmpty {
                        misses.append("\(file): nobody")
                    }
                } catch {
                    misses.append("\(file): \(error)")
                }
            }
            print("platforms: \(index.count - misses.count) of \(index.count) files import as INDEX.json says")
            for miss in misses { print("  miss: \(miss)") }
            XCTAssertEqual(misses, [])
        }
    }

    /// Thunderbird's address books, and what Thunderbird makes of them.
    private static let addressBooks: [(file: String, expected: String)] = [
        ("basic_csv_addressbook.csv", "csv_import"), ("basic_ldif_addressbook.ldif", "basic_addressbook"),
        ("basic_vcard_addressbook.vcf", "vcard_import"), ("bug_263304.ldif", "bug_263304"),
        ("csv_semicolon.csv", "csv_import"), ("dos_vcard_addressbook.vcf", "dos_vcard_import"),
        ("emptylines_vcard_addressbook.vcf", "vcard_import"), ("quote.csv", "quote_csv"),
        ("shiftjis_addressbook.csv", "shiftjis_csv"), ("utf16_addressbook.csv", "utf16_csv"),
    ]

    func testAddressBooksImportAsThunderbirdReadsThem() throws {
        let path = "platforms/thunderbird-outlook/expected-addressbook.json"
        let expected = try JSON(parsing: [UInt8](Data(contentsOf: RealData.url(path))))
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            var misses: [String] = []
            for (number, book) in Self.addressBooks.enumerated() {
                let file = "thunderbird-outlook/\(book.file)"
                let found = try PlatformImport(
                    ["platforms/\(file)"], Self.help[file] ?? .init(), tenant: "book-\(number)", daemon)
                let people = try XCTUnwrap(expected[book.expected]?.arrayValue)
                for (field, name) in [
                    ("DisplayName", "name"), ("FirstName", "first_name"), ("LastName", "last_name"),
                    ("PrimaryEmail", "email"),
                ] {
                    let wanted = people.map { $0.text(field) }
                    let read = found.customers.map { $0.text(name) }
                    let isSaid = wanted.contains { $0 != nil }
                    if isSaid, wanted != read { misses.append("\(file) \(field): \(read) for \(wanted)") }
                }
            }
            print("address books: \(Self.addressBooks.count - misses.count) of \(Self.addressBooks.count) files")
            XCTAssertEqual(misses, [])
        }
    }

    func testCardsOfRealAddressBooksAreTakenWhole() throws {
        let folder = "platforms/vcard"
        let names = try FileManager.default.contentsOfDirectory(atPath: RealData.url(folder).path).sorted()
        try withTemporaryDirectory { directory in
            let daemon = try RunningDaemon(in: directory)
            defer { daemon.stop() }
            for (number, name) in names.enumerated() {
                let found = try PlatformImport(
                    ["\(folder)/\(name)"], .init(country: "US"), tenant: "card-\(number)", daemon)

                XCTAssertEqual(found.end.text("format"), "vcard", name)
                // Who cannot be found again by anything is left out, and the report says so.
                let skipped = Set(found.remarks.filter { $0["skipped"] == .bool(true) }.map { $0["row"]?.text })
                XCTAssertEqual(found.end["rows"], .number("\(found.customers.count + skipped.count)"), name)
                let ignored = (found.end["columns"]?.arrayValue ?? []).filter { $0["ignored"] != nil }
                print(
                    "vcard \(name): \(found.customers.count) of \(found.end["rows"]?.text ?? "-") cards, not mapped: "
                        + ignored.map { $0.text("header") ?? "" }.joined(separator: ", "))
                for remark in found.remarks {
                    print(
                        "  card \(remark["row"]?.text ?? ""): \(remark.text("column") ?? "") \(remark.text("message") ?? "")"
                    )
                }
            }
        }
    }
}
