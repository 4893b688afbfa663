/// Which customers a list shows, and in which order.
public struct CustomerQuery: Sendable, Equatable {
    /// What customers are sorted by.
    public enum Sort: String, Sendable, CaseIterable {
        case number
        case name
        /// Only customers who have an address.
        case email
        case joined
        case orders
        /// Net total in the tenant's currency.
        case total
        case lastOrder = "last_order"
    }

    /// How far a customer's account is.
    public enum Account: String, Sendable, CaseIterable {
        case everyone
        /// Whoever has one, in whatever state.
        case accounts
        case none
        case invited
        case unconfirmed
        case active
    }

    /// Words that must all be found; the result then comes by id, whatever ``sort`` says.
    public var search: String?
    public var tag: String?
    /// Any of these tags; no matter which where empty.
    public var tagsAny: [String] = []
    public var tagsAll: [String] = []
    public var tagsNone: [String] = []
    /// True for customers without any tag, false for those with one.
    public var isUntagged: Bool?
    public var group: String?
    public var channel: String?
    public var isSubscribed: Bool?
    /// Nil for everybody but the erased.
    public var status: CustomerStatus?
    public var account = Account.everyone
    public var country: Country?
    public var isTest: Bool?
    public var joinedFrom: Instant?
    /// The first moment that does not count any more.
    public var joinedTo: Instant?
    public var ordersMin: Int64?
    public var ordersMax: Int64?
    /// The least net total in the tenant's currency, in its minor units.
    public var totalMinMinor: Int64?
    /// Customers who have ordered, but last before this moment.
    public var lastOrderBefore: Instant?
    /// Customers who have ordered at this moment or later.
    public var lastOrderAfter: Instant?
    /// What must fit as well, such as a segment's rule; how these are sorted does not matter.
    public var also: [CustomerQuery] = []
    public var sort = Sort.number
    public var isDescending = false

    public init() {}

    /// Every word that is searched for.
    var words: [SearchWord] {
        (search.map(SearchWords.query) ?? []) + also.flatMap(\.words)
    }

    /// Whether anything is searched for, be it nothing that could be found.
    public var isSearch: Bool { search != nil || also.contains(where: \.isSearch) }
}
