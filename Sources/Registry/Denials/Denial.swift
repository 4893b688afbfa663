extension Contact {
    /// The word for the kind.
    var kind: String {
        switch self {
        case .email: "email"
        case .phone: "phone"
        }
    }

    var key: String {
        switch self {
        case .email(let key), .phone(let key): key
        }
    }
}

/// Why somebody may not order.
public struct DenialReasons: Sendable, Equatable {
    /// For staff only.
    public var inner: String?
    /// For the customer and the channels.
    public var outer: String?

    public init(inner: String?, outer: String?) {
        self.inner = inner
        self.outer = outer
    }
}

/// Somebody who may not order: a customer, or a contact of people who are none yet.
public struct Denial: Sendable, Equatable {
    /// Who is denied.
    public enum Subject: Sendable, Equatable {
        case customer(CustomerID, name: String?, email: String?, phone: String?)
        case contact(Contact, since: Instant)
    }

    public let subject: Subject
    public let reasons: DenialReasons

    public init(subject: Subject, reasons: DenialReasons) {
        self.subject = subject
        self.reasons = reasons
    }
}
