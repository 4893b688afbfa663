internal import Foundation
public import StrictJSON

/// The conditions of a query as JSON, with the names they have on the socket: what a segment keeps.
extension CustomerQuery {
    /// The conditions that are set; sorting and ``also`` are no part of it.
    public func rule(in currency: Currency) -> JSON {
        var members: [JSON.Member] = []
        func add(_ name: String, _ value: JSON?) {
            if let value { members.append(JSON.Member(name: name, value: value)) }
        }
        func list(_ texts: [String]) -> JSON? { texts.isEmpty ? nil : .array(texts.map { .string($0) }) }
        add("search", search.map { .string($0) })
        add("tag", tag.map { .string($0) })
        add("tags_any", list(tagsAny))
        add("tags_all", list(tagsAll))
        add("tags_none", list(tagsNone))
        add("untagged", isUntagged.map { .bool($0) })
        add("group", group.map { .string($0) })
        add("channel", channel.map { .string($0) })
        add("subscribed", isSubscribed.map { .bool($0) })
        add("status", status.map { .string($0.rawValue) })
        add("account", account == .everyone ? nil : .string(account.rawValue))
        add("country", country.map { .string($0.code) })
        add("test", isTest.map { .bool($0) })
        add("joined_from", joinedFrom.map { .string($0.text) })
        add("joined_to", joinedTo.map { .string($0.text) })
        add("orders_min", ordersMin.map { .integer($0) })
        add("orders_max", ordersMax.map { .integer($0) })
        add("total_min", totalMinMinor.map { .string(Money(minor: $0, currency: currency).text) })
        add("last_order_before", lastOrderBefore.map { .string($0.text) })
        add("last_order_after", lastOrderAfter.map { .string($0.text) })
        return .object(members)
    }

    /// Reads what ``rule(in:)`` gave.
    ///
    /// - Throws: ``ValueError`` for a time or an amount that is none.
    public init(rule: JSON, in currency: Currency) throws(ValueError) {
        self.init()
        func words(_ name: String) -> [String] { rule[name]?.arrayValue?.compactMap(\.stringValue) ?? [] }
        func instant(_ name: String) throws(ValueError) -> Instant? {
            guard let text = rule[name]?.stringValue else { return nil }
            return try Instant(parsing: text, zone: .gmt)
        }
        search = rule["search"]?.stringValue
        tag = rule["tag"]?.stringValue
        (tagsAny, tagsAll, tagsNone) = (words("tags_any"), words("tags_all"), words("tags_none"))
        isUntagged = rule["untagged"]?.boolValue
        group = rule["group"]?.stringValue
        channel = rule["channel"]?.stringValue
        isSubscribed = rule["subscribed"]?.boolValue
        status = rule["status"]?.stringValue.flatMap(CustomerStatus.init(rawValue:))
        account = rule["account"]?.stringValue.flatMap(Account.init(rawValue:)) ?? .everyone
        if let code = rule["country"]?.stringValue { country = try Country(code) }
        isTest = rule["test"]?.boolValue
        joinedFrom = try instant("joined_from")
        joinedTo = try instant("joined_to")
        ordersMin = rule["orders_min"]?.integerValue
        ordersMax = rule["orders_max"]?.integerValue
        if let amount = rule["total_min"]?.stringValue {
            totalMinMinor = try Money(parsing: amount, in: currency).minor
        }
        lastOrderBefore = try instant("last_order_before")
        lastOrderAfter = try instant("last_order_after")
    }
}
