import Foundation
import Registry
import TestSupport
import Transfer
import XCTest

/// Customer lists as other systems write them; what is expected of each is in platforms/INDEX.json.
final class PlatformTablesTests: XCTestCase {
    private func customer(_ email: String, in table: ReadTable) throws -> ImportedCustomer {
        try XCTUnwrap(table.customers.first { $0.fields.email?.key == email }, email)
    }

    private func newsletter(_ customer: ImportedCustomer) -> ImportedConsent? {
        customer.consents.first { $0.purpose == .newsletter }?.consent
    }

    func testShopify() throws {
        let new = try ReadTable(platform: "shopify/customers_export_new.csv")
        XCTAssertEqual(new.customers.count, 1)
        XCTAssertEqual(new.remarks.map(\.reason), [.noKey])
        let anna = new.customers[0]
        XCTAssertEqual(anna.fields.email?.key, "anna@example.com")
        XCTAssertEqual(anna.ext, "123")
        XCTAssertEqual(anna.tags, ["vip", "horeca"])
        XCTAssertEqual(anna.addresses.first?.postcode, "1234AB")
        XCTAssertEqual(anna.fields.phoneKey, "+31612345678")
        XCTAssertEqual(newsletter(anna), .granted)

        let apostrophe = try ReadTable(platform: "shopify/customers_export_apostrophe.csv")
        XCTAssertEqual(apostrophe.customers.map(\.ext), ["9013808660771"])
        XCTAssertEqual(apostrophe.customers.map(newsletter), [.refused])

        let full = try ReadTable(platform: "shopify/customers_export_full_address.csv")
        XCTAssertEqual(full.customers.map(newsletter), [.granted, .refused])
        XCTAssertEqual(full.customers.last?.fields.phoneKey, "+12125551847")

        let old = try ReadTable(platform: "shopify/customers_old_template.csv")
        XCTAssertEqual(old.customers.map(newsletter), [.refused])
        XCTAssertEqual(old.customers.map(\.fields.taxExempt), [true])
        XCTAssertEqual(old.customers.map(\.fields.country?.code), ["CA"])
    }

    func testPrestaShop() throws {
        let customers = try ReadTable(platform: "prestashop/customers_import.csv")
        XCTAssertEqual(customers.plan.columns.filter { $0.field == .newsletter }.map(\.header), ["Newsletter (0/1)"])
        XCTAssertEqual(customers.plan.leftOut.filter { $0.reason == .consent }.map(\.column.header), ["Opt-in (0/1)"])
        XCTAssertEqual(customers.customers.count, 9)
        XCTAssertEqual(try customer("james.hook@prestashop.com", in: customers).groups, ["Customer", "Carribean"])
        XCTAssertNil(try customer("tinker.bell@prestashop.com", in: customers).fields.birthday)
        XCTAssertEqual(try customer("peter.pan@prestashop.com", in: customers).fields.birthday, "1987-04-02")

        let addresses = try ReadTable(platform: "prestashop/addresses_import.csv")
        XCTAssertEqual(addresses.customers.count { $0.fields.email != nil }, 11)
        let james = addresses.customers.filter { $0.fields.email?.key == "james.hook@prestashop.com" }
        XCTAssertEqual(james.map { $0.addresses.first?.title }, ["James.Hook / Home", "James Hook / Pro"])
        XCTAssertEqual(james.map { $0.addresses.first?.country?.code }, ["KY", "DE"])
    }

    func testMagento() throws {
        let profile = try ReadTable(platform: "magento/customer_profile_sample_data.csv", country: "US")
        XCTAssertEqual(profile.customers.count, 1)
        XCTAssertEqual(profile.customers[0].addresses.first?.line1, "6146 Honey Bluff Parkway")
        XCTAssertNil(profile.customers[0].addresses.first?.line2)
        XCTAssertEqual(profile.customers[0].fields.phoneKey, "+15552293326")

        let main = try ReadTable(platform: "magento/customer.csv")
        XCTAssertEqual(Set(main.plan.withheld.map(\.header)), ["password_hash", "password", "rp_token"])
        XCTAssertEqual(main.customers.map(\.joinedAt?.text), ["2015-10-30T12:49:47Z"])

        let addresses = try ReadTable(platform: "magento/customer_address.csv")
        XCTAssertEqual(addresses.customers.map(\.addresses.first?.city), ["New York"])

        let many = try ReadTable(platform: "magento/customers_to_import.csv")
        XCTAssertEqual(many.customers.count, 6)
        XCTAssertTrue(many.remarks.allSatisfy { $0.reason == .ambiguousDate || $0.reason == .badDate })
        XCTAssertEqual(Set(many.plan.withheld.map(\.header)), ["password_hash", "password", "rp_token"])
    }

    func testMailingLists() throws {
        let tags = try ReadTable(platform: "mailchimp/audience_export_tags.csv")
        XCTAssertEqual(tags.customers.map(newsletter), [.granted, .granted, .bounced, .pending])
        XCTAssertEqual(tags.customers[0].tags, ["sy-waitlist-yes", "buyers"])

        let minimal = try ReadTable(platform: "mailchimp/audience_export_minimal.csv")
        XCTAssertEqual(minimal.customers.map(newsletter), [.granted])

        let listmonk = try ReadTable(platform: "listmonk/subs.csv")
        XCTAssertEqual(listmonk.customers.count, listmonk.rows.count)
        XCTAssertEqual(listmonk.plan.ignored.map(\.header), ["attributes"])

        let mautic = try ReadTable(platform: "mautic/fakeleaddata.csv")
        XCTAssertEqual(mautic.customers.count, mautic.rows.count - 4)
        XCTAssertEqual(mautic.remarks.filter { $0.reason == .noKey }.count, 4)
        XCTAssertFalse(mautic.remarks.contains { $0.reason == .badCountry })
    }

    func testGhost() throws {
        let valid = try ReadTable(platform: "ghost/valid-members-import.csv")
        XCTAssertEqual(valid.customers.map(newsletter), [.granted, .refused])
        XCTAssertEqual(valid.customers[1].joinedAt?.text, "1991-10-02T20:30:31Z")
        XCTAssertEqual(valid.customers[1].tags, ["test-label"])

        let invalid = try ReadTable(platform: "ghost/members-invalid-values.csv")
        XCTAssertEqual(invalid.customers.count, 1)
        XCTAssertEqual(invalid.remarks.filter(\.reason.skipsRow).count, 2)

        let ragged = try ReadTable(platform: "ghost/members-ragged-row.csv")
        XCTAssertEqual(ragged.customers.map(\.fields.name), [nil, "Bob"])

        let blank = try ReadTable(platform: "ghost/members-update-blank.csv")
        XCTAssertEqual(blank.customers.map(\.fields.name), [nil])
        XCTAssertEqual(blank.customers.map(\.note), [nil])

        let formula = try ReadTable(platform: "ghost/members-formula-like-values.csv")
        XCTAssertEqual(formula.customers.map(\.fields.name), ["-5", "=SUM(A1)"])
        XCTAssertEqual(formula.customers.map(\.note), ["+44 123", "@handle"])

        let mapped = try ReadTable(
            platform: "ghost/members-with-mappings.csv", given: ["correo_electrpnico": .email, "nombre": .name])
        XCTAssertEqual(mapped.customers.map(\.fields.name), ["Hannah"])
        XCTAssertEqual(try ReadTable(platform: "ghost/members-headers-only.csv").rows.count, 0)
    }

    func testAddressBooks() throws {
        let google = try ReadTable(platform: "google-contacts/new_layout.csv", country: "BR")
        XCTAssertEqual(google.rows.count, 5)
        XCTAssertEqual(
            google.customers.compactMap(\.fields.email?.key),
            ["joao@example.com", "dupe@example.com", "semnome@example.com", "ana@example.com"])
        XCTAssertEqual(google.customers[0].tags, ["Governo", "MIPIM 2026 contacts"])

        XCTAssertEqual(
            try ReadTable(platform: "thunderbird-outlook/basic_csv_addressbook.csv").customers.map(\.fields.fullName),
            ["John Doe", "Jane Doe"])
        XCTAssertEqual(
            try ReadTable(platform: "thunderbird-outlook/csv_semicolon.csv").customers.map(\.fields.email?.key),
            ["john@doe.invalid", "jane@doe.invalid"])
        XCTAssertEqual(
            try ReadTable(platform: "thunderbird-outlook/utf16_addressbook.csv").customers.map(\.fields.email?.key),
            ["johndoe@host.invalid"])
        let quote = try ReadTable(platform: "thunderbird-outlook/quote.csv", country: "US")
        XCTAssertEqual(quote.rows.count, 1)
        let japanese = try ReadTable(platform: "thunderbird-outlook/shiftjis_addressbook.csv", charset: .shiftJIS)
        XCTAssertEqual(japanese.customers.map(\.fields.name), ["名無しの権兵衛"])
    }

    func testOtherLists() throws {
        let unicode = try ReadTable(
            platform: "civicrm/individual_unicode.csv", given: ["Website": .externalID])
        XCTAssertEqual(unicode.customers.map(\.fields.country?.code), ["CI"])

        let yogi = try ReadTable(platform: "civicrm/yogi_latin1_nbsp.csv", charset: .latin1)
        XCTAssertEqual(yogi.customers.map(\.fields.email?.spelling), ["yogi@yellowstone.park"])
        XCTAssertEqual(yogi.customers.map(\.fields.lastName), ["Bear"])

        let wordpress = try ReadTable(platform: "wordpress-import-users/test.csv", charset: .latin1)
        XCTAssertEqual(wordpress.customers.count, wordpress.rows.count)
        XCTAssertEqual(wordpress.customers[1].fields.country?.code, "ES")

        let eventbrite = try ReadTable(platform: "eventbrite/attendees_refunds.csv")
        XCTAssertEqual(eventbrite.rows.count, 4)
        XCTAssertEqual(eventbrite.remarks.map(\.reason), [.noKey])

        let stripe = try ReadTable(platform: "stripe/customers_export.csv", country: "US")
        XCTAssertEqual(stripe.plan.withheld.map(\.header), ["Card Number"])
        XCTAssertEqual(stripe.customers.map(\.ext), ["cus_R8xKpLmN3qWvTc"])

        let turkish = try ReadTable(platform: "turkish/ad_soyad_template.csv", country: "TR")
        XCTAssertEqual(turkish.customers.map(\.fields.fullName), ["Ahmet Yılmaz", "Ayşe Demir"])
        XCTAssertEqual(try customer("ahmet@ornek.com", in: turkish).fields.phoneKey, "+905551234567")
        XCTAssertEqual(turkish.plan.withheld.map(\.header), ["TC Kimlik No"])
    }

    func testDocumentedHeadersAreMapped() throws {
        struct Documented: Decodable { let header: [String]? }
        let all = try JSONDecoder().decode(
            [String: Documented].self, from: Data(contentsOf: RealData.url("platforms/documented-columns.json")))
        var mapped = 0
        var left = 0
        var total = 0
        for (name, documented) in all.sorted(by: { $0.key < $1.key }) {
            guard let header = documented.header else { continue }
            var writer = CSVWriter()
            writer.record(header)
            let plan = try ReadTable(file: writer.take()).plan
            mapped += plan.columns.count - plan.ignored.count
            total += plan.columns.count
            left += plan.leftOut.count
            for reason in LeftOut.allCases {
                let headers = plan.leftOut.filter { $0.reason == reason }.map(\.column.header)
                if !headers.isEmpty {
                    print("platform \(name): left out, \(reason.rawValue): \(headers.joined(separator: ", "))")
                }
            }
            XCTAssertEqual(plan.ignored.map(\.header), [], name)
            XCTAssertTrue(plan.columns.contains { $0.field == .email }, name)
        }
        print(
            "platforms: \(mapped - left) of \(total) documented columns are mapped or withheld, \(left) left out on purpose"
        )
        XCTAssertEqual(mapped, total)
    }
}
