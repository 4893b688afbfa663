/// The members that a channel's details may have, each with those inside of it; put together once, for it is asked with
/// every order.
struct DetailTree: Sendable, Equatable {
    /// Empty where anything may be.
    private(set) var members: [String: DetailTree] = [:]

    init(_ paths: [DetailPath]) {
        for path in paths { add(path.names[...]) }
    }

    private mutating func add(_ names: ArraySlice<String>) {
        guard let name = names.first else { return }
        members[name, default: DetailTree([])].add(names.dropFirst())
    }
}
