internal import StrictJSON

extension MergeSide {
    /// The record of two customers in one, and the fields in which they differ.
    ///
    /// What only one knows is kept. Where both know something else, `choices` decides, and without a choice this one.
    ///
    /// - Throws: ``MergeError/unknownChoice(_:)``.
    func merged(
        with other: MergeSide, _ choices: [String: CustomerMerge.Choice]
    ) throws -> (side: MergeSide, conflicts: [CustomerMerge.Conflict]) {
        var merged = self
        var conflicts: [CustomerMerge.Conflict] = []
        for field in CustomerField.allCases where field != .custom {
            let (own, others) = (value(of: field), other.value(of: field))
            guard own != others, others != .null else { continue }
            guard own != .null else {
                merged.take(field, of: other)
                continue
            }
            let choice = choices[field.rawValue] ?? .into
            conflicts.append(.init(field: field.rawValue, into: own, from: others, choice: choice))
            if choice == .from { merged.take(field, of: other) }
        }
        for member in other.fields.custom {
            guard let index = merged.fields.custom.firstIndex(where: { $0.name == member.name }) else {
                merged.fields.custom.append(member)
                continue
            }
            let own = merged.fields.custom[index]
            guard own != member else { continue }
            let name = "\(CustomerField.custom.rawValue).\(member.name)"
            let choice = choices[name] ?? .into
            conflicts.append(.init(field: name, into: own.value, from: member.value, choice: choice))
            if choice == .from { merged.fields.custom[index] = member }
        }
        if let unknown = choices.keys.sorted().first(where: { name in !conflicts.contains { $0.field == name } }) {
            throw MergeError.unknownChoice(unknown)
        }
        if other.standing.status.strictness > standing.status.strictness { merged.standing = other.standing }
        if other.account.progress > account.progress { merged.account = other.account }
        merged.joinedAt = min(joinedAt, other.joinedAt)
        return (merged, conflicts)
    }

    /// What a field says; first and last name count as parts of the name.
    private func value(of field: CustomerField) -> JSON {
        let text: String? =
            switch field {
            case .name: fields.fullName
            case .firstName, .lastName, .custom: nil
            case .email: fields.email?.spelling
            case .phone: fields.phone
            case .country: fields.country?.code
            case .language: fields.language
            case .company: fields.company
            case .vatID: fields.vatID
            case .taxExempt: fields.taxExempt ? "true" : "false"
            case .birthday: fields.birthday
            }
        return text.map { .string($0) } ?? .null
    }

    private mutating func take(_ field: CustomerField, of other: MergeSide) {
        switch field {
        case .name:
            fields.name = other.fields.name
            fields.firstName = other.fields.firstName
            fields.lastName = other.fields.lastName
        case .firstName, .lastName, .custom: break
        case .email: address = other.address
        case .phone: (fields.phone, fields.phoneKey) = (other.fields.phone, other.fields.phoneKey)
        case .country: fields.country = other.fields.country
        case .language: fields.language = other.fields.language
        case .company: fields.company = other.fields.company
        case .vatID: fields.vatID = other.fields.vatID
        case .taxExempt: fields.taxExempt = other.fields.taxExempt
        case .birthday: fields.birthday = other.fields.birthday
        }
    }
}

extension CustomerStatus {
    /// The greater wins over the smaller when two customers become one.
    fileprivate var strictness: Int {
        switch self {
        case .active: 0
        case .disabled: 1
        case .denied: 2
        case .erased: 3
        }
    }
}

extension AccountState {
    /// How far an account is.
    fileprivate var progress: Int {
        switch self {
        case .none: 0
        case .invited: 1
        case .unconfirmed: 2
        case .active: 3
        }
    }
}
