internal import StrictJSON

/// What the steps of a case know by name.
struct Names: Sendable {
    private var values: [String: JSON] = [:]

    subscript(name: String) -> JSON? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// The same JSON with every text `$name` or `$name.member` replaced by what is known under the name.
    ///
    /// `{"$merge":[…]}` stands for the objects of the list put together; null takes a member out.
    ///
    /// - Throws: ``KitError/unknownName(_:)``.
    func filled(_ json: JSON) throws -> JSON {
        switch json {
        case .null, .bool, .number: return json
        case .string(let text): return try Self.name(in: text).map(value) ?? json
        case .array(let items): return .array(try items.map(filled))
        case .object(let members):
            if members.count == 1, let items = json["$merge"]?.arrayValue {
                return try items.map(filled).reduce(.object([])) { $0.merging($1) }
            }
            return .object(try members.map { JSON.Member(name: $0.name, value: try filled($0.value)) })
        }
    }

    /// - Throws: ``KitError/unknownName(_:)``.
    func filled(_ text: String) throws -> String {
        try filled(JSON.string(text)).stringValue ?? text
    }

    private func value(_ path: String) throws -> JSON {
        let parts = path.split(separator: ".").map(String.init)
        guard let first = parts.first, var value = values[first] else { throw KitError.unknownName(path) }
        for part in parts.dropFirst() {
            guard let member = value[part] else { throw KitError.unknownName(path) }
            value = member
        }
        return value
    }

    /// The name a text stands for; nil for a text that is only text.
    private static func name(in text: String) -> String? {
        guard text.utf8.first == UInt8(ascii: "$"), text.utf8.count > 1 else { return nil }
        let name = text.dropFirst()
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "_")
                || byte == UInt8(ascii: ".")
        }
        return isName ? String(name) : nil
    }
}
