/// A channel's payload with typed access; every mistake is reported with its path.
public struct Details: Sendable, Equatable {
    /// The payload, an object.
    public let json: JSON
    private let path: String
    /// What the caller calls the payload, such as "details"; empty for the arguments of a verb.
    private let root: String

    /// The payload of an order.
    ///
    /// - Throws: ``ChannelRefusal`` when the payload is not an object.
    public init(_ json: JSON) throws {
        try self.init(json, path: "", root: "details")
    }

    /// The arguments of a verb, each of the type its parameter says.
    public init(arguments: [JSON.Member]) {
        json = .object(arguments)
        path = ""
        root = ""
    }

    private init(_ json: JSON, path: String, root: String) throws {
        self.json = json
        self.path = path
        self.root = root
        guard json.objectValue != nil else { throw bad(nil, "an object is needed here") }
    }

    /// A refusal of what a member holds; nil for the whole object.
    public func bad(_ name: String?, _ reason: String) -> ChannelRefusal {
        let inner = name.map(path(of:)) ?? path
        return .badValue([root, inner].filter { !$0.isEmpty }.joined(separator: "."), reason)
    }

    /// The full path of a member, such as "tickets[0].type".
    public func path(of name: String) -> String {
        path.isEmpty ? name : "\(path).\(name)"
    }

    /// A text, nil when it is absent or null; a number is taken as its text.
    public func text(_ name: String) throws -> String? {
        switch json[name] {
        case nil, .null: return nil
        case .string(let text): return text
        case .number(let text): return text
        case .bool, .array, .object: throw bad(name, "text is needed here")
        }
    }

    /// One of some words, nil when it is absent.
    public func word(_ name: String, among words: [String]) throws -> String? {
        guard let text = try text(name) else { return nil }
        guard words.contains(text) else {
            throw bad(name, "one of \(words.joined(separator: ", ")) is needed here")
        }
        return text
    }

    /// An amount in a currency, nil when it is absent.
    public func amount(_ name: String, in currency: Currency) throws -> Money? {
        try value(name) { (text) throws(ValueError) in try Money(parsing: text, in: currency) }
    }

    /// Per cents such as 19, nil when they are absent.
    public func percentage(_ name: String) throws -> Percentage? {
        try value(name) { (text) throws(ValueError) in try Percentage(parsing: text) }
    }

    /// A point in time, nil when it is absent; without an offset it is wall time in `zone`.
    public func instant(_ name: String, zone: TimeZone) throws -> Instant? {
        try value(name) { (text) throws(ValueError) in try Instant(parsing: text, zone: zone) }
    }

    /// A time zone by its IANA name, nil when it is absent.
    public func timeZone(_ name: String) throws -> TimeZone? {
        guard let text = try text(name) else { return nil }
        guard let zone = TimeZone(identifier: text) else {
            throw bad(name, "no time zone has this name")
        }
        return zone
    }

    /// A whole number, nil when it is absent.
    public func integer(_ name: String) throws -> Int64? {
        guard let text = try text(name) else { return nil }
        guard let number = Int64(text) else {
            throw bad(name, "a whole number is needed here")
        }
        return number
    }

    /// True or false, nil when it is absent.
    public func flag(_ name: String) throws -> Bool? {
        switch json[name] {
        case nil, .null: return nil
        case .bool(let flag): return flag
        case .number, .string, .array, .object:
            throw bad(name, "true or false is needed here")
        }
    }

    /// An inner object, nil when it is absent.
    public func object(_ name: String) throws -> Details? {
        guard let value = json[name], value != .null else { return nil }
        return try Details(value, path: path(of: name), root: root)
    }

    /// The objects of a list; none when it is absent.
    public func objects(_ name: String) throws -> [Details] {
        guard let value = json[name], value != .null else { return [] }
        guard let items = value.arrayValue else {
            throw bad(name, "a list is needed here")
        }
        return try items.enumerated().map { try Details($1, path: "\(path(of: name))[\($0)]", root: root) }
    }

    /// One of a list's objects, counted from 0.
    ///
    /// - Throws: ``ChannelRefusal`` when there is none, or it is no object.
    public func object(_ name: String, at index: Int) throws -> Details {
        let items = json[name]?.arrayValue ?? []
        let item = items.indices.contains(index) ? items[index] : .null
        return try Details(item, path: "\(path(of: name))[\(index)]", root: root)
    }

    private func value<Value>(_ name: String, _ read: (String) throws(ValueError) -> Value) throws -> Value? {
        guard let text = try text(name) else { return nil }
        do {
            return try read(text)
        } catch {
            throw bad(name, error.description)
        }
    }
}
