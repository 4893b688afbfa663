/// Where in a channel's details something is found: names from the outside in; a list on the way stands for each item.
public struct DetailPath: Sendable, Equatable {
    let names: [String]

    /// A path such as `DetailPath("tickets", "attendee")`.
    public init(_ names: String...) {
        self.names = names
    }

    /// A path written with points, such as "tickets.attendee".
    package init(text: String) {
        names = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    }

    /// What is found there, in the order it stands; none when the path leads nowhere.
    public func values(in json: JSON) -> [JSON] {
        Self.values(in: json, names[...])
    }

    /// The same JSON with everything found there replaced by null.
    public func erased(from json: JSON) -> JSON {
        replaced(in: json) { _ in .null }
    }

    /// The same JSON with everything found there replaced by what becomes of it.
    package func replaced(in json: JSON, by change: (JSON) -> JSON) -> JSON {
        Self.replaced(in: json, names[...], by: change)
    }

    /// What stays of a JSON where only these paths last: the texts, numbers and flags that they lead to.
    package static func kept(_ paths: [DetailPath], of json: JSON) -> JSON {
        kept(paths.map { $0.names[...] }, of: json) ?? .object([])
    }

    /// As it is written, such as "tickets.attendee".
    package var text: String { names.joined(separator: ".") }

    private static func values(in json: JSON, _ names: ArraySlice<String>) -> [JSON] {
        if let items = json.arrayValue { return items.flatMap { values(in: $0, names) } }
        guard let name = names.first else { return [json] }
        return json[name].map { values(in: $0, names.dropFirst()) } ?? []
    }

    /// Nil when nothing stays.
    private static func kept(_ paths: [ArraySlice<String>], of json: JSON) -> JSON? {
        switch json {
        case .null, .bool, .number, .string: return paths.contains(where: \.isEmpty) ? json : nil
        case .array(let items):
            let items = items.compactMap { kept(paths, of: $0) }
            return items.isEmpty ? nil : .array(items)
        case .object(let members):
            let members = members.compactMap { member in
                let inner = paths.filter { $0.first == member.name }.map { $0.dropFirst() }
                return kept(inner, of: member.value).map { JSON.Member(name: member.name, value: $0) }
            }
            return members.isEmpty ? nil : .object(members)
        }
    }

    private static func replaced(in json: JSON, _ names: ArraySlice<String>, by change: (JSON) -> JSON) -> JSON {
        if let items = json.arrayValue { return .array(items.map { replaced(in: $0, names, by: change) }) }
        guard let name = names.first else { return change(json) }
        guard let members = json.objectValue else { return json }
        return .object(
            members.map { member in
                guard member.name == name else { return member }
                return JSON.Member(name: name, value: replaced(in: member.value, names.dropFirst(), by: change))
            })
    }
}
