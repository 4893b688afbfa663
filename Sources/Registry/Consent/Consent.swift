/// What people can agree to.
public enum ConsentPurpose: String, Sendable, CaseIterable {
    case newsletter
    case sms
    case phone
    case post
}

/// Where a customer stands for a purpose; no state at all means that nobody ever asked.
public enum ConsentStatus: String, Sendable, CaseIterable {
    case pending
    case subscribed
    case unsubscribed
    case bounced
}

/// A customer's state for one purpose.
public struct ConsentState: Sendable, Equatable {
    public let purpose: ConsentPurpose
    public let status: ConsentStatus
    public let changedAt: Instant
}

/// What somebody said about a purpose, and how the question was put.
public struct ConsentStatement: Sendable, Equatable {
    public var purpose: ConsentPurpose
    /// True to subscribe, false to unsubscribe.
    public var isGranted: Bool
    /// The version of the text that was agreed to.
    public var wording: String?

    public init(purpose: ConsentPurpose, isGranted: Bool, wording: String?) {
        self.purpose = purpose
        self.isGranted = isGranted
        self.wording = wording
    }
}

/// One line of the append-only evidence.
public struct ConsentEvidence: Sendable, Equatable {
    public let purpose: String
    public let status: String
    public let wording: String?
    public let channel: String?
    public let actor: String
    public let at: Instant
    public let order: OrderID?
}
