internal import Registry

/// A setting of a tenant that changes what the registry does.
public enum TenantSetting: String, Sendable, CaseIterable {
    case guestRecord = "guest.record"
    case matchPhone = "match.phone"
    case emailShared = "email.shared"
    case couponRelease = "coupon.release"
    case tagsMaximum = "tags.max"

    /// The value where a tenant has set none.
    public var standard: String {
        switch self {
        case .guestRecord: Policies.GuestRecord.contact.rawValue
        case .matchPhone: "true"
        case .emailShared: "false"
        case .couponRelease: Policies.CouponRelease.cancel.rawValue
        case .tagsMaximum: "none"
        }
    }

    /// What may be set.
    public var allowed: String {
        switch self {
        case .guestRecord: "contact, account, none"
        case .matchPhone, .emailShared: "true, false"
        case .couponRelease: "cancel, never"
        case .tagsMaximum: "none, or a number above 0"
        }
    }

    /// What it does, in one sentence.
    public var summary: String {
        switch self {
        case .guestRecord: "what an order by somebody unknown leaves behind: a record, an invited account, or nothing"
        case .matchPhone: "whether a telephone number finds a customer when no stronger key does"
        case .emailShared: "whether several people may share an e-mail address, told apart by name"
        case .couponRelease: "when a redeemed coupon is given back: on cancellation, or never"
        case .tagsMaximum: "the most tags a customer may carry"
        }
    }

    /// Puts a value into the policies.
    ///
    /// - Throws: ``HostError/badSetting(_:)``.
    func apply(_ value: String, to policies: inout Policies) throws(HostError) {
        switch self {
        case .guestRecord:
            guard let record = Policies.GuestRecord(rawValue: value) else { throw .badSetting(self) }
            policies.guestRecord = record
        case .matchPhone:
            policies.matchesPhone = try flag(value)
        case .emailShared:
            policies.sharesEmail = try flag(value)
        case .couponRelease:
            guard let release = Policies.CouponRelease(rawValue: value) else { throw .badSetting(self) }
            policies.couponRelease = release
        case .tagsMaximum:
            if value == "none" {
                policies.maximumTags = nil
            } else if let maximum = Int(value), maximum > 0 {
                policies.maximumTags = maximum
            } else {
                throw .badSetting(self)
            }
        }
    }

    private func flag(_ value: String) throws(HostError) -> Bool {
        guard value == "true" || value == "false" else { throw .badSetting(self) }
        return value == "true"
    }
}
