/// What people can agree to.
public enum ConsentPurpose: String, Sendable, CaseIterable {
    case newsletter
    case sms
    case phone
    case post
}

/// Where a customer stands for a purpose; no state at all means that nobody ever asked.
public enum ConsentStatus: String, Sendable, CaseIterable {
    /// Asked for, and not confirmed yet: nothing is sent but the one question whether it was meant.
    case pending
    case subscribed
    case unsubscribed
    /// Nobody can be reached there.
    case bounced
    /// The person had everything erased.
    case erased

    /// Whether the person, or the address, spoke against it.
    var isObjection: Bool {
        switch self {
        case .pending, .subscribed: false
        case .unsubscribed, .bounced, .erased: true
        }
    }
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
    /// The network address it came from.
    public var sourceIP: String?
    /// What else proves it, such as who heard it.
    public var note: String?

    public init(
        purpose: ConsentPurpose, isGranted: Bool, wording: String?, sourceIP: String? = nil, note: String? = nil
    ) {
        self.purpose = purpose
        self.isGranted = isGranted
        self.wording = wording
        self.sourceIP = sourceIP
        self.note = note
    }
}
