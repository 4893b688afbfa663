internal import StrictJSON

/// Everything that can be wrong at one place of a payload, one thing at a time.
enum Mutations {
    /// What a payload becomes, each with a word on what was done.
    static func all(of json: JSON) -> [(label: String, json: JSON)] {
        places(in: json, "").flatMap { place in
            replacements.map { ("\(place.path) is \($0.label)", place.replace($0.value)) }
                + [("\(place.path) is missing", place.replace(nil))]
        } + [("a member nobody knows", json.setting("kit_unknown", .array([.object([])])))]
    }

    private struct Place {
        let path: String
        /// The whole payload with something else at this place; nil for nothing at all.
        let replace: (JSON?) -> JSON
    }

    private static func places(in json: JSON, _ path: String) -> [Place] {
        switch json {
        case .null, .bool, .number, .string: return []
        case .array(let items):
            return items.indices.flatMap { index in
                within(items[index], "\(path)[\(index)]") { value in
                    var changed = items
                    if let value { changed[index] = value } else { changed.remove(at: index) }
                    return .array(changed)
                }
            }
        case .object(let members):
            return members.indices.flatMap { index in
                within(members[index].value, path.isEmpty ? members[index].name : "\(path).\(members[index].name)") {
                    var changed = members
                    if let value = $0 { changed[index].value = value } else { changed.remove(at: index) }
                    return .object(changed)
                }
            }
        }
    }

    /// The place of a value and those inside it.
    private static func within(_ value: JSON, _ path: String, _ replace: @escaping (JSON?) -> JSON) -> [Place] {
        [Place(path: path, replace: replace)]
            + places(in: value, path).map { inner in
                Place(path: inner.path) { replace(inner.replace($0)) }
            }
    }

    /// What stands in the place of a value.
    static let replacements: [(label: String, value: JSON)] = [
        ("null", .null), ("true", .bool(true)), ("0", .number("0")), ("-1", .number("-1")),
        ("1e400", .number("1e400")), ("99999999999999999999", .number("99999999999999999999")),
        ("an empty text", .string("")), ("a space", .string(" ")),
        ("SQL", .string("'; DROP TABLE customer_order; --")), ("markup", .string("<script>alert(1)</script>")),
        ("control characters", .string("\u{0}\u{7}\u{1B}[2J\u{202E}\u{FEFF}")),
        ("a long text", .string(String(repeating: "Ω", count: 20_000))), ("an empty list", .array([])),
        ("an empty object", .object([])), ("a list of nulls", .array([.null, .null])), ("a deep list", deep),
    ]

    /// Below the depth at which the host itself refuses.
    private static let deep: JSON = (0..<100).reduce(JSON.null) { inner, _ in .array([inner]) }
}
