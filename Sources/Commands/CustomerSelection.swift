internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON

/// Which customers a verb is about, said by filters that are the same for every verb.
struct CustomerSelection: Sendable {
    private let query: CustomerQuery
    private let segment: String?
    private let shop: Shop

    /// The filters; a verb that keeps them takes no segment.
    static let conditions: [Parameter] = [
        .optional("search", .text, "words from name, e-mail, telephone, company, tag, or an order's number"),
        .optional("tag", .text, "only those with this tag"),
        .optional("tags_any", .words, "only those with any of these tags"),
        .optional("tags_all", .words, "only those with all of these tags"),
        .optional("tags_none", .words, "only those with none of these tags"),
        .optional("untagged", .flag, "only those without, or with, a tag"),
        .optional("group", .text, "only those in this group"),
        .optional("channel", .text, "only those who bought through this channel"),
        .optional("subscribed", .flag, "only those who do, or do not, get the newsletter"),
        .optional("status", .text, "active, disabled, denied or erased"),
        .optional("account", .text, "everyone, accounts (whoever has one), none, invited, unconfirmed or active"),
        .optional("country", .text, "only those in this country, two letters"),
        .optional("test", .flag, "only test customers, or only real ones"),
        .optional("joined_from", .time, "joined at this time or later"),
        .optional("joined_to", .time, "joined before this time; a day alone is included"),
        .optional("orders_min", .integer, "at least so many orders"),
        .optional("orders_max", .integer, "at most so many orders"),
        .optional("total_min", .amount, "a net total of at least this, in the tenant's currency"),
        .optional("last_order_before", .time, "ordered, but not since this time"),
        .optional("last_order_after", .time, "ordered at this time or later"),
    ]

    static let parameters = conditions + [.optional("segment", .text, "only those in this segment")]

    /// - Throws: ``CommandError`` for a condition that makes no sense.
    init(_ invocation: TenantInvocation) throws(CommandError) {
        let arguments = invocation.arguments
        shop = invocation.shop
        segment = arguments.text("segment")
        var query = CustomerQuery()
        query.search = arguments.text("search").flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        query.tag = arguments.text("tag")
        query.tagsAny = arguments.words("tags_any")
        query.tagsAll = arguments.words("tags_all")
        query.tagsNone = arguments.words("tags_none")
        query.isUntagged = arguments.flag("untagged")
        query.group = arguments.text("group")
        query.channel = arguments.text("channel")
        if let channel = query.channel { try invocation.require(channel: channel) }
        query.isSubscribed = arguments.flag("subscribed")
        query.status = try arguments.word("status", CustomerStatus.self)
        // A segment says itself whom it is about.
        let standard: CustomerQuery.Account =
            switch shop.policies.listDefault {
            case .accounts where segment == nil: .accounts
            case .everyone, .accounts: .everyone
            }
        query.account = try arguments.word("account", CustomerQuery.Account.self) ?? standard
        query.country = try arguments.value("country") { (text) throws(ValueError) in try Country(text) }
        query.isTest = arguments.flag("test")
        query.joinedFrom = try invocation.instant("joined_from")
        query.joinedTo = try invocation.end("joined_to")
        query.ordersMin = arguments.integer("orders_min")
        query.ordersMax = arguments.integer("orders_max")
        query.totalMinMinor = try invocation.money("total_min", in: shop.currency)?.minor
        query.lastOrderBefore = try invocation.instant("last_order_before")
        query.lastOrderAfter = try invocation.instant("last_order_after")
        self.query = query
    }

    /// The conditions alone.
    var conditions: CustomerQuery { query }

    /// The query to ask, with the segment's rule as it is now.
    ///
    /// - Throws: ``SegmentError/notFound``.
    func query(_ transaction: ReadTransaction) throws -> CustomerQuery {
        guard let segment else { return query }
        var query = query
        query.also = [try SegmentReader(transaction, shop).segment(named: segment).query]
        return query
    }
}
