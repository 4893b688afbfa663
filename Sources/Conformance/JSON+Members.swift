internal import StrictJSON

extension JSON {
    /// The same object with other members put in; null takes one out.
    func merging(_ others: JSON) -> JSON {
        var members = objectValue ?? []
        for other in others.objectValue ?? [] {
            members.removeAll { $0.name == other.name }
            if other.value != .null { members.append(other) }
        }
        return .object(members)
    }

    /// The same object with one member set.
    func setting(_ name: String, _ value: JSON) -> JSON {
        merging(.object([Member(name: name, value: value)]))
    }

    /// What is not there of what is expected, as a path with what is expected and what is there; nil for nothing.
    ///
    /// Objects may hold more than is expected; a list must hold as many.
    func difference(from expected: JSON, at path: String = "") -> String? {
        switch (expected, self) {
        case (.object(let members), .object):
            for member in members {
                let place = path.isEmpty ? member.name : "\(path).\(member.name)"
                if let difference = (self[member.name] ?? .null).difference(from: member.value, at: place) {
                    return difference
                }
            }
            return nil
        case (.array(let items), .array(let own)) where items.count == own.count:
            for (index, pair) in zip(items, own).enumerated() {
                if let difference = pair.1.difference(from: pair.0, at: "\(path)[\(index)]") { return difference }
            }
            return nil
        default:
            return canonical == expected.canonical ? nil : "\(path) \(expected.text) expected, \(text) came"
        }
    }
}
