/// The settings of a tenant that change what the registry does; the default comes first in each.
public struct Policies: Sendable, Equatable {
    /// What an order by somebody unknown leaves behind.
    public enum GuestRecord: String, Sendable, CaseIterable {
        /// A record without an account.
        case contact
        /// A record whose account is invited.
        case account
        /// Nothing: the order stands alone with its own snapshot.
        case none
    }

    /// When a redemption is given back and may be used again; a part that is refunded gives nothing back.
    public enum CouponRelease: String, Sendable, CaseIterable {
        /// When its order is cancelled or expires.
        case cancel
        /// Also when its order is refunded in full.
        case cancelOrRefund = "cancel+refund"
        /// It stays used.
        case never

        /// Whether an order that comes to this state gives its coupon back.
        func givesBack(on state: OrderState) -> Bool {
            switch state {
            case .open, .confirmed, .completed: false
            case .cancelled, .expired: self != .never
            case .refunded: self == .cancelOrRefund
            }
        }
    }

    /// What an import does with other systems' word that somebody consented.
    public enum ImportedConsents: String, Sendable, CaseIterable {
        /// Nothing: it cannot be proved here.
        case ignore
        /// It counts where nobody has ever been asked here.
        case take
    }

    /// How customers sign in.
    public enum SignIn: String, Sendable, CaseIterable {
        case link
        case password
        case both
    }

    /// How the e-mail address of an account changes.
    public enum EmailChange: String, Sendable, CaseIterable {
        /// The old one stays until the new one is confirmed.
        case verify
        /// Staff change it at once, customers do not.
        case staff
        /// Nobody does.
        case never
    }

    public var guestRecord = GuestRecord.contact
    /// Whether a telephone number finds a customer when no stronger key does.
    public var matchesPhone = true
    /// Whether several people may share an e-mail address, told apart by name.
    public var sharesEmail = false
    public var couponRelease = CouponRelease.cancel
    /// The most tags a customer may carry; nil for no limit.
    public var maximumTags: Int?
    public var mail = MailPolicy()
    public var limits = Limits()
    /// For how many days the audit log is kept; nil for ever.
    public var auditKeptDays: Int? = 365
    /// Whether a customer is in one group at most.
    public var groupsAreExclusive = true
    /// Whether who subscribes to the newsletter must confirm it from the address it goes to.
    public var doubleOptIn = false
    public var importsConsent = ImportedConsents.ignore
    /// How long orders of erased customers are kept with a tie to them, in years; nil for ever.
    public var retentionYears: Int? = 10
    /// What must be known of a customer whom staff enter.
    public var requiredFields: [CustomerField] = []
    /// What must be known of the buyer of an order, by channel.
    public var requiredFieldsByChannel: [String: [CustomerField]] = [:]
    public var listDefault = ListDefault.everyone
    public var signIn = SignIn.link
    public var emailChange = EmailChange.verify
    /// Whether a customer entered by hand is invited to an account.
    public var invitesByHand = true
    /// How many backups are kept; nil for all.
    public var keptBackups: Int? = 7

    public init() {}
}
