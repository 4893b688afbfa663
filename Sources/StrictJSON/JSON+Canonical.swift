extension JSON {
    /// The same content in one order: members sorted by the bytes of their names, the last of equal names kept.
    ///
    /// Two objects of equal content have equal canonical texts. Numbers keep their text, so `1` and `1.0` differ.
    public var canonical: JSON {
        switch self {
        case .null, .bool, .number, .string: self
        case .array(let elements): .array(elements.map(\.canonical))
        case .object(let members): .object(Self.canonical(members))
        }
    }

    private static func canonical(_ members: [Member]) -> [Member] {
        let isInOrder = zip(members, members.dropFirst()).allSatisfy { left, right in
            left.name.utf8.lexicographicallyPrecedes(right.name.utf8)
        }
        if isInOrder { return members.map { Member(name: $0.name, value: $0.value.canonical) } }
        let sorted = members.enumerated().sorted { left, right in
            left.element.name.hasSameBytes(as: right.element.name)
                ? left.offset < right.offset
                : left.element.name.utf8.lexicographicallyPrecedes(right.element.name.utf8)
        }
        var result: [Member] = []
        result.reserveCapacity(sorted.count)
        for (_, member) in sorted {
            if let last = result.last, last.name.hasSameBytes(as: member.name) { result.removeLast() }
            result.append(member)
        }
        // Only what is kept is descended into.
        return result.map { Member(name: $0.name, value: $0.value.canonical) }
    }
}
