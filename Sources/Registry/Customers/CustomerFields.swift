internal import Foundation
public import StrictJSON

/// What is known of a person: the part of a customer that people fill in.
public struct CustomerFields: Sendable, Equatable {
    public var name: String?
    public var firstName: String?
    public var lastName: String?
    public var email: EmailAddress?
    /// As it was written.
    public var phone: String?
    /// E.164, nil when the number as written leaves a doubt.
    public var phoneKey: String?
    public var country: Country?
    public var language: String?
    public var company: String?
    public var vatID: String?
    public var taxExempt = false
    /// A calendar day, "1984-02-29".
    public var birthday: String?
    /// The tenant's own fields.
    public var custom: [JSON.Member] = []

    /// The most bytes a field may have.
    private static let limit = 4_096

    public init() {}

    /// The full name: as given, or put together from first and last name.
    public var fullName: String? {
        if let name { return name }
        guard let firstName, let lastName else { return firstName ?? lastName }
        return firstName + " " + lastName
    }

    /// Whether nothing says who this is.
    public var isAnonymous: Bool {
        fullName == nil && email == nil && phone == nil && company == nil
    }

    /// Those of some fields that say nothing, by name.
    func missing(_ required: [CustomerField]) -> [String] {
        required.filter { field in
            switch field {
            case .name: fullName == nil
            case .firstName: firstName == nil
            case .lastName: lastName == nil
            case .email: email == nil
            case .phone: phone == nil
            case .country: country == nil
            case .language: language == nil
            case .company: company == nil
            case .vatID: vatID == nil
            case .taxExempt: false
            case .birthday: birthday == nil
            case .custom: custom.isEmpty
            }
        }.map(\.rawValue)
    }

    /// Sets one field from text; nil or blank text clears it.
    ///
    /// National telephone numbers are read in `country`, the tenant's.
    ///
    /// - Throws: ``CustomerError/badField(_:_:)``.
    public mutating func set(_ field: CustomerField, to text: String?, country: Country) throws(CustomerError) {
        let isBare = text.map(Self.isBare) ?? false
        let written = isBare ? text : text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        let text = isBare ? text : written.flatMap(Self.trimmed)
        if let text, text.utf8.count > Self.limit { throw .fieldTooLong(field, limit: Self.limit) }
        do throws(ValueError) {
            switch field {
            // Names are kept as they are written.
            case .name: name = written
            case .firstName: firstName = written
            case .lastName: lastName = written
            case .email: email = try text.map { (text) throws(ValueError) in try EmailAddress(parsing: text) }
            case .phone: setPhone(text, country: country)
            case .country: self.country = try text.map { (text) throws(ValueError) in try Country(text) }
            case .language: language = text
            case .company: company = written
            case .vatID: vatID = text
            case .taxExempt: taxExempt = text == "true"
            case .birthday:
                if let text {
                    guard text.utf8.count == 10 else { throw .badInstant(text) }
                    _ = try Instant(parsing: text, zone: .gmt)
                }
                birthday = text
            case .custom: break
            }
        } catch {
            throw .badField(field, error)
        }
    }

    private mutating func setPhone(_ text: String?, country: Country) {
        phone = text
        phoneKey = nil
        if let text, case .e164(let key) = PhoneNumber.parse(text, country: country.code) { phoneKey = key }
    }

    /// Takes over what `other` knows where nothing is known here, but for the e-mail address.
    ///
    /// - Returns: Whether anything was taken over.
    mutating func fillBlanks(from other: CustomerFields) -> Bool {
        let before = self
        if fullName == nil {
            (name, firstName, lastName) = (other.name, other.firstName, other.lastName)
        }
        if phone == nil { (phone, phoneKey) = (other.phone, other.phoneKey) }
        country = country ?? other.country
        language = language ?? other.language
        company = company ?? other.company
        vatID = vatID ?? other.vatID
        return self != before
    }

    /// Whether a text certainly begins and ends with a character that is no white space.
    private static func isBare(_ text: String) -> Bool {
        guard let first = text.utf8.first, let last = text.utf8.last else { return false }
        // Two bytes of which the first is 0xC3 to 0xC5 are a letter from À to ſ.
        let begins = 0x21..<0x80 ~= first || 0xC3...0xC5 ~= first
        return begins && (0x21..<0x80 ~= last || 0xC3...0xC5 ~= text.utf8.suffix(2).first ?? 0)
    }

    private static func trimmed(_ text: String) -> String? {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return nil }
        return String(text[first...last])
    }
}
