/// An import's id in one tenant's registry.
public struct ImportID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
