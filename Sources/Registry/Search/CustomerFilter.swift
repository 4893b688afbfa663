internal import Storage
internal import StrictJSON

/// Checks on customers what the index that proposed them did not decide, all in one statement.
struct CustomerFilter {
    private let transaction: ReadTransaction
    private let query: CustomerQuery
    private let currency: Currency
    private let tagsAny: String?
    private let tagsAll: String?
    private let tagsAllCount: Int64
    /// The tags of `tagsAll`: looking for one costs a tenth of the whole statement, and most customers have it not.
    private let tagsNeeded: [Int64]
    private let tagsNone: String?
    private let group: GroupID?
    private let also: [CustomerFilter]
    /// False when nobody can fit.
    let isPossible: Bool

    init(_ query: CustomerQuery, _ transaction: ReadTransaction, _ currency: Currency) throws {
        self.query = query
        self.transaction = transaction
        self.currency = currency
        let tags = TagReader(transaction)
        func ids(_ names: [String]) throws -> Set<Int64> {
            Set(try names.compactMap { try tags.tag(named: $0)?.rawValue })
        }
        func list(_ ids: Set<Int64>) -> String? {
            ids.isEmpty ? nil : JSON.array(ids.sorted().map { .integer($0) }).text
        }
        let asked = query.tagsAll + (query.tag.map { [$0] } ?? [])
        let all = try ids(asked)
        let any = try ids(query.tagsAny)
        also = try query.also.map { try CustomerFilter($0, transaction, currency) }
        tagsAny = list(any)
        tagsAll = list(all)
        tagsAllCount = Int64(all.count)
        tagsNeeded = all.sorted()
        tagsNone = list(try ids(query.tagsNone))
        let group = try query.group.flatMap { try GroupReader(transaction).find($0)?.id }
        self.group = group
        let isEveryTagKnown = try asked.allSatisfy { try tags.tag(named: $0) != nil }
        isPossible =
            isEveryTagKnown && (query.tagsAny.isEmpty || !any.isEmpty) && (query.group == nil) == (group == nil)
            && also.allSatisfy(\.isPossible)
    }

    /// Whether everybody fits but the erased.
    var isOpen: Bool {
        var plain = CustomerQuery()
        plain.search = query.search
        plain.sort = query.sort
        plain.isDescending = query.isDescending
        return plain == query
    }

    /// Whether everything but the search fits.
    func accepts(_ id: Int64) throws -> Bool {
        for tag in tagsNeeded {
            let hasTag = try transaction.exists(
                "SELECT 1 FROM customer_tag WHERE customer_id = ? AND tag_id = ?", .integer(id), .integer(tag))
            guard hasTag else { return false }
        }
        return try !ids(id..<id + 1).isEmpty
    }

    /// Who fits of the customers with these ids, ascending.
    func ids(_ range: Range<Int64>) throws -> [Int64] {
        let isTagged = query.isUntagged.map { Value.flag(!$0) } ?? .null
        let hasAccount: Value = query.account == .accounts ? .flag(true) : .null
        let account: Value =
            switch query.account {
            case .everyone, .accounts: .null
            case .none, .invited, .unconfirmed, .active: .text(query.account.rawValue)
            }
        let isLastOrderAsked = query.lastOrderBefore != nil || query.lastOrderAfter != nil
        let found = try transaction.all(
            """
            SELECT c.id FROM customer c NOT INDEXED
            WHERE c.id >= ?1 AND c.id < ?2 AND c.merged_into IS NULL
                AND CASE WHEN ?3 IS NULL THEN c.status <> 'erased' ELSE c.status = ?3 END
                AND (?4 IS NULL OR c.country = ?4)
                AND (?5 IS NULL OR (c.account <> 'none') = ?5)
                AND (?6 IS NULL OR c.account = ?6)
                AND (?7 IS NULL OR c.is_test = ?7)
                AND c.joined_at >= ?8 AND c.joined_at < ?9
                AND c.order_count >= ?10 AND c.order_count <= ?11
                AND (?12 IS NULL OR c.last_order_at >= max(?12, 1) AND c.last_order_at < ?13)
                AND (?14 IS NULL OR EXISTS (
                    SELECT 1 FROM customer_channel h WHERE h.customer_id = c.id AND h.channel = ?14))
                AND (?15 IS NULL OR ?15 = EXISTS (
                    SELECT 1 FROM consent s
                    WHERE s.customer_id = c.id AND s.purpose = 'newsletter' AND s.status = 'subscribed'))
                AND (?16 IS NULL OR ?16 <= coalesce((
                    SELECT m.net_minor FROM customer_total m WHERE m.customer_id = c.id AND m.currency = ?17), 0))
                AND (?18 IS NULL OR ?18 = EXISTS (SELECT 1 FROM customer_tag t WHERE t.customer_id = c.id))
                AND (?19 IS NULL OR EXISTS (
                    SELECT 1 FROM customer_tag t
                    WHERE t.customer_id = c.id AND t.tag_id IN (SELECT value FROM json_each(?19))))
                AND (?20 IS NULL OR ?21 = (
                    SELECT count(*) FROM customer_tag t
                    WHERE t.customer_id = c.id AND t.tag_id IN (SELECT value FROM json_each(?20))))
                AND (?22 IS NULL OR NOT EXISTS (
                    SELECT 1 FROM customer_tag t
                    WHERE t.customer_id = c.id AND t.tag_id IN (SELECT value FROM json_each(?22))))
                AND (?23 IS NULL OR EXISTS (
                    SELECT 1 FROM customer_group g WHERE g.customer_id = c.id AND g.group_id = ?23))
            ORDER BY c.id
            """,
            .integer(range.lowerBound), .integer(range.upperBound), .text(orNull: query.status?.rawValue),
            .text(orNull: query.country?.code), hasAccount, account, query.isTest.map { .flag($0) } ?? .null,
            .integer(query.joinedFrom?.seconds ?? .min), .integer(query.joinedTo?.seconds ?? .max),
            .integer(query.ordersMin ?? .min), .integer(query.ordersMax ?? .max),
            isLastOrderAsked ? .integer(query.lastOrderAfter?.seconds ?? .min) : .null,
            .integer(query.lastOrderBefore?.seconds ?? .max), .text(orNull: query.channel),
            query.isSubscribed.map { .flag($0) } ?? .null, .integer(orNull: query.totalMinMinor),
            .text(currency.code), isTagged, .text(orNull: tagsAny), .text(orNull: tagsAll), .integer(tagsAllCount),
            .text(orNull: tagsNone), .integer(orNull: group?.rawValue)
        ) { $0.integer(0) }
        return try also.reduce(found) { found, filter in try found.filter(filter.accepts) }
    }
}
