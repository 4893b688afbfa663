internal import Registry

/// People whom an order's details name and who need not be its buyer.
extension ChannelDescriptor {
    /// The people with an address, as the details tell of them.
    package func participants(in details: JSON) -> [(email: EmailAddress, person: JSON)] {
        participantDetails.flatMap { $0.values(in: details) }.compactMap { person in
            Self.email(of: person).map { (email: $0, person: person) }
        }
    }

    /// The details without the people who have an address.
    package func details(_ details: JSON, without email: EmailAddress) -> JSON {
        participantDetails.reduce(details) { details, path in
            path.replaced(in: details) { Self.email(of: $0)?.key == email.key ? .null : $0 }
        }
    }

    /// What is no address, or was erased, is nobody's.
    private static func email(of person: JSON) -> EmailAddress? {
        person["email"]?.stringValue.flatMap { try? EmailAddress(parsing: $0) }
    }
}
