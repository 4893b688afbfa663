extension Details {
    /// Refuses the payload unless all of these are there and not blank.
    ///
    /// - Throws: ``ChannelRefusal/incomplete(_:)`` with all that is missing.
    public func require(_ names: String...) throws {
        let missing = missing(names)
        guard missing.isEmpty else { throw ChannelRefusal.incomplete(missing) }
    }

    /// The full paths of those members that are absent, null or blank.
    public func missing(_ names: String...) -> [String] {
        missing(names)
    }

    private func missing(_ names: [String]) -> [String] {
        names.filter { name in
            guard let value = json[name], value != .null else { return true }
            return value.stringValue?.allSatisfy(\.isWhitespace) ?? false
        }.map(path(of:))
    }
}
