/// Why somebody is not to be written to, called or mailed.
public enum SuppressionReason: String, Sendable, CaseIterable {
    /// The person objected.
    case unsubscribed
    /// Nobody can be reached there.
    case bounced
    /// The person had everything erased.
    case erased

    /// What a record with that contact shows.
    var status: ConsentStatus {
        switch self {
        case .unsubscribed, .erased: .unsubscribed
        case .bounced: .bounced
        }
    }
}

/// An entry of the suppression list, without the contact it is about.
public struct Suppression: Sendable, Equatable {
    public let purpose: ConsentPurpose
    public let reason: SuppressionReason
    /// A grant that is not younger than this counts for nothing.
    public let at: Instant
}

/// An e-mail address or telephone number, as the suppression list knows it.
public enum Contact: Sendable, Hashable {
    /// An address's key.
    case email(String)
    /// A number in E.164.
    case phone(String)

    /// What is hashed; the two kinds never meet.
    var bytes: [UInt8] {
        switch self {
        case .email(let key): Array("email\0\(key)".utf8)
        case .phone(let key): Array("phone\0\(key)".utf8)
        }
    }
}

extension CustomerFields {
    /// All by which the suppression list could know this person.
    var contacts: [Contact] {
        [email.map { .email($0.key) }, phoneKey.map { .phone($0) }].compactMap(\.self)
    }

    /// What an objection to a purpose is entered under.
    ///
    /// A family may share a telephone: who wants no newsletter says nothing about the others who have that number.
    func contacts(for purpose: ConsentPurpose) -> [Contact] {
        switch purpose {
        case .newsletter: email.map { [.email($0.key)] } ?? contacts
        case .sms, .phone: phoneKey.map { [.phone($0)] } ?? contacts
        case .post: contacts
        }
    }
}
