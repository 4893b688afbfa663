import StrictJSON
import TestSupport

/// Compares what became of a platform's file with what INDEX.json expects of it.
struct PlatformExpectation {
    let found: PlatformImport
    /// What is not as expected.
    private(set) var misses: [String] = []

    init(_ expected: JSON, _ found: PlatformImport) throws {
        self.found = found
        for member in expected.objectValue ?? [] { try judge(member.name, member.value) }
    }

    private mutating func expect(_ name: String, _ condition: Bool) {
        if !condition { misses.append(name) }
    }

    private mutating func judge(_ name: String, _ value: JSON) throws {
        let first = found.customers.first
        switch name {
        case "created", "customers", "imported": expect(name, found.end["created"] == value)
        case "skipped", "invalid", "attendees_without_email": expect(name, found.end["skipped"] == value)
        case "rows", "attendees": expect(name, found.end["rows"] == value)
        case "customer": for member in value.objectValue ?? [] { try judge(member.name, member.value) }
        case "email": expect(name, found.customer(value.stringValue ?? "") != nil)
        case "name", "first_name", "last_name", "tax_exempt": expect(name, first?[name] == value)
        case "tags": expect(name, tags(of: first) == words(value))
        case "tags_of_mc1": expect(name, tags(of: found.customer("mc1@test.dev")) == words(value))
        case "labels_of_joao": expect(name, tags(of: found.customer("joao@example.com")) == words(value))
        case "name_of_second", "name_of_second_stored": expect(name, found.customers.last?["name"] == value)
        case "zip": expect(name, try found.rows("address.list 1").first?["postcode"] == value)
        case "street_lines":
            let address = try found.rows("address.list 1").first
            let lines = (value.arrayValue ?? []).map { $0.stringValue ?? "" }
            expect(name, [address?.text("line1") ?? "", address?.text("line2") ?? ""] == lines)
        case "phone":
            expect(name, try !found.rows("customer.find phone=\(value.stringValue ?? "")").isEmpty)
        case "phone_e164":
            for member in value.objectValue ?? [] {
                let rows = try found.rows("customer.find phone=\(member.value.stringValue ?? "")")
                expect(name, rows.map { $0.text("email") } == [member.name])
            }
        case "external_id":
            expect(name, try found.rows("customer.find ext=\(value.stringValue ?? "")").count == 1)
        case "accepts_marketing", "subscribed":
            if let flag = value.boolValue { return expect(name, first?["subscribed"] == .bool(flag)) }
            for member in value.objectValue ?? [] {
                expect("\(name) \(member.name)", found.customer(member.name)?["subscribed"] == member.value)
            }
        case "may_be_mailed", "must_not_be_mailed":
            for email in value.arrayValue ?? [] {
                let isMailed = found.customer(email.stringValue ?? "")?["subscribed"]
                expect("\(name) \(email.text)", isMailed == .bool(name == "may_be_mailed"))
            }
        case "created_at_of_test":
            let joined = found.customer("test@example.com")?.text("joined_at") ?? "-"
            expect(name, value.stringValue?.hasPrefix(joined.dropLast(1)) ?? false)
        case "emails_found_by_shape":
            expect(name, JSON.array(found.customers.compactMap { $0["email"] }.filter { $0 != .null }) == value)
        case "must_not_be_stored": expect(name, try !found.everything().contains(value.stringValue ?? ""))
        case "newsletter_column": expect(name, column(value)?.text("field") == "newsletter")
        case "partner_optin_column": expect(name, column(value)?.text("left_out") == "consent")
        case "after":
            expect(name, first?["name"] == value["name"])
            expect("note \(name)", try found.rows("note.list 1").map { $0["text"] } == [value["note"]])
        // Of a list of tickets the people are taken over; their orders come through the channel.
        case "orders", "refunded": return
        default: misses.append("\(name) is not judged")
        }
    }

    private func tags(of customer: JSON?) -> Set<String> { words(customer?["tags"] ?? .null) }

    /// The order of tags says nothing.
    private func words(_ list: JSON) -> Set<String> { Set((list.arrayValue ?? []).compactMap(\.stringValue)) }

    private func column(_ header: JSON) -> JSON? {
        found.end["columns"]?.arrayValue?.first { $0["header"] == header }
    }
}
