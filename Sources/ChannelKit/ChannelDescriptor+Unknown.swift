extension ChannelDescriptor {
    /// So many members are named.
    private static let most = 20

    /// What to warn a caller of who gives details: members inside objects which the channel reads and has no such member
    /// in, and those beside them that look like a member it has.
    ///
    /// None of a channel that does not list its details.
    package func warnings(ofDetails json: JSON) -> [String] {
        guard !details.isEmpty else { return [] }
        var known: [[String]: Set<String>] = [:]
        for path in details.map(\.path) + personalDetails + lastingDetails + staffDetails + participantDetails {
            for (index, name) in path.names.enumerated() {
                known[Array(path.names[..<index]), default: []].insert(name)
            }
        }
        var warnings: [String] = []
        collect(json, at: [], called: "details", known, &warnings)
        return warnings
    }

    private func collect(
        _ json: JSON, at names: [String], called place: String, _ known: [[String]: Set<String>],
        _ warnings: inout [String]
    ) {
        for (index, item) in (json.arrayValue ?? []).enumerated() {
            collect(item, at: names, called: "\(place)[\(index)]", known, &warnings)
        }
        // What the channel keeps as a whole, such as an address, may hold anything.
        guard let members = json.objectValue, let own = known[names] else { return }
        for member in members where warnings.count < Self.most {
            let path = "\(place).\(member.name.prefix(100))"
            if own.contains(member.name) {
                collect(member.value, at: names + [member.name], called: path, known, &warnings)
            } else if let meant = own.sorted().first(where: { Spelling.isNear(member.name, $0) }) {
                warnings.append("\(path) means nothing to \(id) and is only kept; is \(meant) meant?")
            } else if !names.isEmpty {
                let all = own.sorted().joined(separator: ", ")
                warnings.append("\(path) means nothing to \(id) and is only kept; there it reads \(all)")
            }
        }
    }
}
