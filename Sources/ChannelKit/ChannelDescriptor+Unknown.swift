extension ChannelDescriptor {
    /// So many members are named.
    private static let most = 20

    /// What to warn a caller of who gives details: members inside objects which the channel reads and has no such member
    /// in, and those beside them that look like a member it has.
    ///
    /// None of a channel that does not list its details.
    package func warnings(ofDetails json: JSON) -> [String] {
        guard !details.isEmpty else { return [] }
        var warnings: [String] = []
        collect(json, in: known, called: { "details" }, isInside: false, &warnings)
        return warnings
    }

    /// Asks for the place's name only where there is something to warn of, since most orders give no reason.
    private func collect(
        _ json: JSON, in known: DetailTree, called place: () -> String, isInside: Bool, _ warnings: inout [String]
    ) {
        // What the channel keeps as a whole, such as an address, may hold anything.
        guard !known.members.isEmpty else { return }
        for (index, item) in (json.arrayValue ?? []).enumerated() {
            collect(item, in: known, called: { "\(place())[\(index)]" }, isInside: isInside, &warnings)
        }
        for member in json.objectValue ?? [] where warnings.count < Self.most {
            if let inside = known.members[member.name] {
                guard !inside.members.isEmpty else { continue }
                collect(member.value, in: inside, called: { "\(place()).\(member.name)" }, isInside: true, &warnings)
                continue
            }
            let path = "\(place()).\(member.name.prefix(100))"
            let all = known.members.keys.sorted()
            if let meant = all.first(where: { Spelling.isNear(member.name, $0) }) {
                warnings.append("\(path) means nothing to \(id) and is only kept; is \(meant) meant?")
            } else if isInside {
                warnings.append(
                    "\(path) means nothing to \(id) and is only kept; there it reads \(all.joined(separator: ", "))")
            }
        }
    }
}
