public import StrictJSON

/// What names one person and nobody else: the record, e-mail address, telephone number, what channels call them.
public struct PersonKeys: Sendable {
    private let id: Int64
    private let emailKey: String?
    private let phoneKey: String?
    private let externalIDs: [(channel: String, ext: String)]
    private let country: String

    /// - Parameters:
    ///   - customer: The person's record.
    ///   - externalIDs: What the channels call the person.
    ///   - country: Where telephone numbers without a country are meant.
    public init(_ customer: Customer, externalIDs: [(channel: String, ext: String)], in country: Country) {
        id = customer.id.rawValue
        emailKey = customer.fields.email?.key
        phoneKey = customer.fields.phoneKey
        self.externalIDs = externalIDs
        self.country = country.code
    }

    /// Whether a channel's request names the person, as its buyer or anywhere else.
    ///
    /// A name is not enough: others have it too.
    public func areNamed(in request: JSON, of channel: String) -> Bool {
        let buyer = request["customer"]
        if buyer?.integerValue == id { return true }
        if let ext = buyer?["ext"]?.stringValue, externalIDs.contains(where: { $0 == (channel, ext) }) { return true }
        return areNamed(in: request)
    }

    private func areNamed(in json: JSON) -> Bool {
        switch json {
        case .null, .bool: false
        case .string(let text), .number(let text): isEmail(in: text) || isPhone(text)
        case .array(let items): items.contains { areNamed(in: $0) }
        case .object(let members): members.contains { areNamed(in: $0.value) }
        }
    }

    private func isEmail(in text: String) -> Bool {
        guard let emailKey, text.utf8.contains(UInt8(ascii: "@")) else { return false }
        let words = text.split { $0.isWhitespace || "<>()[]\"',;:".contains($0) }
        // What is no address names nobody.
        return words.contains { (try? EmailAddress(parsing: String($0)))?.key == emailKey }
    }

    private func isPhone(_ text: String) -> Bool {
        guard let phoneKey, text.utf8.count(where: { (0x30...0x39).contains($0) }) >= 5 else { return false }
        // Better somebody else's request without its buyer than this person's with it.
        return PhoneNumber.candidates(text, country: country).contains(phoneKey)
    }
}
