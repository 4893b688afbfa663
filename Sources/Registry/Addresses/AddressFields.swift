/// What is written of an address: the part that people fill in.
public struct AddressFields: Sendable, Equatable {
    /// What the customer calls it, such as "Home".
    public var title: String?
    /// Who lives there, where that is not the customer.
    public var name: String?
    public var company: String?
    public var line1: String?
    public var line2: String?
    public var postcode: String?
    public var city: String?
    /// State, province or whatever a country has of the kind.
    public var region: String?
    public var country: Country?
    public var phone: String?

    /// The most bytes of a field.
    private static let limit = 500

    public init() {}

    /// Sets one field from text; nil or blank text clears it.
    ///
    /// Each field is one line on a label, so line breaks become spaces.
    ///
    /// - Throws: ``AddressError/badField(_:_:)``, ``AddressError/fieldTooLong(_:limit:)``.
    public mutating func set(_ field: AddressField, to text: String?) throws(AddressError) {
        let text = text.flatMap(Self.line)
        if let text, text.utf8.count > Self.limit { throw .fieldTooLong(field, limit: Self.limit) }
        switch field {
        case .title: title = text
        case .name: name = text
        case .company: company = text
        case .line1: line1 = text
        case .line2: line2 = text
        case .postcode: postcode = text
        case .city: city = text
        case .region: region = text
        case .country:
            do throws(ValueError) {
                country = try text.map { (text) throws(ValueError) in try Country(text) }
            } catch {
                throw .badField(field, error)
            }
        case .phone: phone = text
        }
    }

    /// A field's text; nil when it is not known.
    public subscript(field: AddressField) -> String? {
        switch field {
        case .title: title
        case .name: name
        case .company: company
        case .line1: line1
        case .line2: line2
        case .postcode: postcode
        case .city: city
        case .region: region
        case .country: country?.code
        case .phone: phone
        }
    }

    /// What the address lacks by the customs of its country; the country itself where there is none.
    public var missing: [AddressField] {
        guard let country else { return [.country] }
        return AddressStyle.style(of: country).needed.filter { self[$0] == nil }
    }

    /// What makes two addresses the same, in 32 bytes: everything but title and telephone, after folding.
    ///
    /// A name that is the customer's own says nothing, and spaces and hyphens in a postcode do not count.
    func digest(of customer: String?) -> [UInt8] {
        var digest = SHA256Digest()
        let own = customer.map(Folding.folded)
        for field in AddressField.allCases {
            let folded = self[field].map(Folding.folded) ?? ""
            switch field {
            case .title, .phone: break
            case .name: digest.update(folded == own ? "" : folded)
            case .postcode: digest.update(folded.filter { $0 != " " && $0 != "-" })
            case .company, .line1, .line2, .city, .region, .country: digest.update(folded)
            }
        }
        return digest.finish()
    }

    private static func line(_ text: String) -> String? {
        let line = text.split { $0.isWhitespace || $0.isNewline || $0.unicodeScalars.allSatisfy(Self.isControl) }
            .joined(separator: " ")
        return line.isEmpty ? nil : line
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control
    }
}
