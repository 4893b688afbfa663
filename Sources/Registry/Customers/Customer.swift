/// One person or company in a tenant's registry.
public struct Customer: Sendable, Equatable {
    public let id: CustomerID
    /// Short and sayable, counted from 1 in each tenant.
    public let number: Int64
    /// Grows by 1 with each change of the record.
    public let rev: Int64
    public var fields: CustomerFields
    public let status: CustomerStatus
    /// Why the customer is denied; staff only.
    public let denyReason: String?
    /// Why, in words for the customer and the channels.
    public let publicReason: String?
    public let account: AccountState
    /// Where the record comes from: a channel's id, or "staff".
    public let source: String
    public let isTest: Bool
    public let joinedAt: Instant
    /// Orders that count: no returns, nothing cancelled or expired.
    public let orderCount: Int64
    public let lastOrderAt: Instant?
    public let tags: [String]
    public let groups: [CustomerGroup]
    public let channels: [String]
    /// Net per currency, ordered by code.
    public let totals: [Money]
    public let consent: [ConsentState]
    /// When the e-mail address was shown to be the customer's, nil before.
    public let emailVerifiedAt: Instant?
    /// The customer this one was merged into, nil for one that stands alone.
    public let mergedInto: CustomerID?

    /// Whether no tax is charged: the customer's own exemption, or that of a group.
    public var isTaxExempt: Bool { fields.taxExempt || groups.contains(where: \.isTaxExempt) }

    /// Whether the newsletter may be sent.
    public var isSubscribed: Bool {
        consent.contains { $0.purpose == .newsletter && $0.status == .subscribed }
    }
}

/// Whether a customer may sign in and order.
public enum CustomerStatus: String, Sendable, CaseIterable {
    case active
    /// No sign-in.
    case disabled
    /// No sign-in and no orders on any channel.
    case denied
    /// Personal data is gone for good.
    case erased
}

/// How far a customer's account is; a record needs none.
public enum AccountState: String, Sendable, CaseIterable {
    case none
    case invited
    case unconfirmed
    case active
}
