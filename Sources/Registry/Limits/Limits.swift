/// The most that a tenant may take of its host; nil for no limit.
public struct Limits: Sendable, Equatable {
    /// Requests a second, once ``burst`` is used up.
    public var requests: Int64? = 1_000
    /// Requests at once.
    public var burst: Int64 = 5_000
    /// Customers, erased ones and tests included.
    public var customers: Int64? = 1_000_000
    /// Orders, tests included.
    public var orders: Int64? = 10_000_000
    /// Bytes of the registry's file and its log, without what is free inside.
    public var bytes: Int64? = 50 << 30
    /// Mails in 24 hours.
    public var mails: Int64? = 10_000

    /// What nobody honest comes near.
    public init() {}

    /// No limits.
    public static var none: Limits {
        var limits = Limits()
        (limits.requests, limits.customers, limits.orders, limits.bytes, limits.mails) = (nil, nil, nil, nil, nil)
        return limits
    }
}
