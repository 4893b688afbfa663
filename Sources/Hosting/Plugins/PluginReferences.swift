internal import ChannelKit
internal import Registry
internal import StrictJSON

/// What `{"of":…}` stands for in a plugin's effects: ids that are known only once the effects are at work.
struct PluginReferences {
    /// The order in hand.
    var order: OrderID?
    /// Its customer.
    var customer: CustomerID?
    /// The orders that the effects registered.
    var orders: [(id: OrderID, customer: CustomerID?)] = []
    /// The rowids that the statements left.
    var rows: [Int64] = []

    /// A value for a statement.
    ///
    /// - Throws: ``ChannelRefusal``.
    func value(_ json: JSON) throws -> Value {
        switch json {
        case .null: return .null
        case .bool(let flag): return .flag(flag)
        case .string(let text): return .text(text)
        case .number:
            guard let number = json.integerValue else { throw Self.bad("a whole number, or text, is needed") }
            return .integer(number)
        case .object: return .integer(orNull: try id(json))
        case .array: throw Self.bad("a list is no value")
        }
    }

    /// The id that a whole number or a reference means, nil for null or nobody.
    ///
    /// - Throws: ``ChannelRefusal``.
    func id(_ json: JSON?) throws -> Int64? {
        guard let json, json != .null else { return nil }
        if let number = json.integerValue { return number }
        guard let path = json["of"]?.stringValue else { throw Self.bad("an id is needed") }
        let parts = path.split(separator: ".").map(String.init)
        switch (parts.first, parts.count) {
        case ("order", 1): return order?.rawValue
        case ("customer", 1): return customer?.rawValue
        case ("data", 2):
            guard let index = Int(parts[1]), rows.indices.contains(index) else { break }
            return rows[index]
        case ("orders", 2), ("orders", 3):
            guard let index = Int(parts[1]), orders.indices.contains(index) else { break }
            if parts.count == 2 { return orders[index].id.rawValue }
            if parts[2] == "customer" { return orders[index].customer?.rawValue }
        default: break
        }
        throw Self.bad("nothing is called \(path)")
    }

    /// The same JSON with every reference replaced.
    ///
    /// - Throws: ``ChannelRefusal``.
    func filled(_ json: JSON) throws -> JSON {
        switch json {
        case .null, .bool, .number, .string: return json
        case .array(let items): return .array(try items.map(filled))
        case .object(let members):
            if members.count == 1, members[0].name == "of", members[0].value.stringValue != nil {
                return try id(json).map { .number(String($0)) } ?? .null
            }
            return .object(try members.map { JSON.Member(name: $0.name, value: try filled($0.value)) })
        }
    }

    private static func bad(_ reason: String) -> ChannelRefusal { ChannelRefusal("bad-effect", reason) }
}
