/// A customer's id in one tenant's registry.
public struct CustomerID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// An order's id in one tenant's registry.
public struct OrderID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A coupon's id in one tenant's registry; people know it by its code.
public struct CouponID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A hold's id in one tenant's registry.
public struct CouponHoldID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A tag's id in one tenant's registry; people know it by its name.
public struct TagID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A mail's id in one tenant's outbox.
public struct MailID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A conversation's id in one tenant's registry.
public struct ThreadID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A message's id in one tenant's registry, within a conversation or before it has one.
public struct MessageID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A mailing's id in one tenant's registry.
public struct MailingID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
