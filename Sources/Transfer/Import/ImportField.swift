/// What a column of an imported table says about a customer.
public enum ImportField: Sendable, Hashable {
    /// The customer's id in this registry.
    case patronID
    /// The id another system knows the customer under.
    case externalID
    case email
    case name
    case firstName
    case middleName
    case lastName
    case phone
    case company
    case vatID
    case taxExempt
    case birthday
    case birthYear
    case birthMonth
    case birthDay
    case language
    case tags
    case groups
    case note
    /// A password in the clear.
    case password
    /// Whether the newsletter may be sent, as a flag or as a word such as `unsubscribed`.
    case newsletter
    case sms
    /// When a subscription was confirmed; empty when it was not.
    case confirmedAt
    case joined
    case test
    /// Whether the other system has deleted the customer.
    case deleted
    case address(ImportAddressRole, ImportAddressPart)
    /// A field of the tenant's own.
    case custom(String)
    /// Nothing, though its header is known.
    case nothing

    /// The word for it in a mapping, such as `email`, `billing.city` and `custom:size`.
    public var word: String {
        if let simple = Self.words.first(where: { $0.value == self }) { return simple.key }
        if case .address(let role, let part) = self { return "\(role.rawValue).\(part.rawValue)" }
        if case .custom(let name) = self { return "custom:\(name)" }
        return ""
    }

    /// Reads the word for it; nil for any other.
    public init?(word: String) {
        if let found = Self.words[word] {
            self = found
        } else if word.hasPrefix("custom:"), word.utf8.count > 7 {
            self = .custom(String(word.dropFirst(7)))
        } else {
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            guard parts.count == 2, let role = ImportAddressRole(rawValue: String(parts[0])),
                let part = ImportAddressPart(rawValue: String(parts[1]))
            else { return nil }
            self = .address(role, part)
        }
    }

    /// The words that stand for one field each.
    public static let simpleWords: [String] = words.keys.sorted()

    private static let words: [String: ImportField] = [
        "patron_id": .patronID, "external_id": .externalID, "email": .email, "name": .name, "first_name": .firstName,
        "middle_name": .middleName, "last_name": .lastName, "phone": .phone, "company": .company, "vat_id": .vatID,
        "tax_exempt": .taxExempt, "birthday": .birthday, "language": .language, "tags": .tags, "groups": .groups,
        "note": .note, "password": .password, "newsletter": .newsletter, "sms": .sms, "confirmed_at": .confirmedAt,
        "joined": .joined, "test": .test, "deleted": .deleted, "country": .address(.main, .country),
        "birth_year": .birthYear, "birth_month": .birthMonth, "birth_day": .birthDay, "ignore": .nothing,
    ]
}

/// Which of a customer's addresses a column belongs to.
public enum ImportAddressRole: String, Sendable, CaseIterable {
    /// The only or the preferred one.
    case main = "address"
    case billing
    case shipping
    case home
    case work
    case second = "address2"
    case third = "address3"
}

/// What a column says about an address.
public enum ImportAddressPart: String, Sendable, CaseIterable {
    case title
    case name
    case firstName = "first_name"
    case lastName = "last_name"
    case company
    case line1
    case houseNumber = "house_number"
    case line2
    case postBox = "post_box"
    case postcode
    case city
    case region
    case country
    case phone
}
