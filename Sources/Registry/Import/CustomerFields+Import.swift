internal import StrictJSON

extension CustomerFields {
    /// Takes over what an imported row knows: what is blank here is filled, and with `overwrites` what differs replaced.
    ///
    /// A blank cell takes nothing away, and an e-mail address is never replaced.
    mutating func take(_ other: CustomerFields, overwrites: Bool) {
        takeName(of: other, overwrites)
        email = email ?? other.email
        if other.phone != nil, phone == nil || overwrites && phoneKey != other.phoneKey {
            (phone, phoneKey) = (other.phone, other.phoneKey)
        }
        country = Self.either(country, other.country, overwrites)
        language = Self.either(language, other.language, overwrites)
        company = Self.either(company, other.company, overwrites)
        vatID = Self.either(vatID, other.vatID, overwrites)
        birthday = Self.either(birthday, other.birthday, overwrites)
        taxExempt = taxExempt || other.taxExempt
        for member in other.custom {
            if let index = custom.firstIndex(where: { $0.name == member.name }) {
                if overwrites { custom[index] = member }
            } else {
                custom.append(member)
            }
        }
    }

    /// First and last name complete a full name only when they are the same name.
    private mutating func takeName(of other: CustomerFields, _ overwrites: Bool) {
        guard let theirs = other.fullName else { return }
        let isBlank = fullName == nil
        let isSame = fullName.map(Folding.folded) == Folding.folded(theirs)
        guard isBlank || isSame || overwrites else { return }
        if overwrites, !isSame { (name, firstName, lastName) = (nil, nil, nil) }
        // A part cannot be added where the other part is known to be something else.
        name = name ?? other.name
        firstName = firstName ?? other.firstName
        lastName = lastName ?? other.lastName
    }

    private static func either<Value>(_ mine: Value?, _ theirs: Value?, _ overwrites: Bool) -> Value? {
        overwrites ? theirs ?? mine : mine ?? theirs
    }

    /// A field as text that ``set(_:to:country:)`` takes, for a custom field as JSON; nil when it is blank.
    func text(of field: CustomerField) -> String? {
        switch field {
        case .name: name
        case .firstName: firstName
        case .lastName: lastName
        case .email: email?.spelling
        case .phone: phone
        case .country: country?.code
        case .language: language
        case .company: company
        case .vatID: vatID
        case .taxExempt: taxExempt ? "true" : nil
        case .birthday: birthday
        case .custom: custom.isEmpty ? nil : customText
        }
    }

    /// Sets a field from such a text.
    mutating func restore(_ field: CustomerField, to text: String?, country: Country) throws {
        guard field == .custom else { return try set(field, to: text, country: country) }
        custom = try text.map { try JSON(parsing: $0).objectValue ?? [] } ?? []
    }
}
