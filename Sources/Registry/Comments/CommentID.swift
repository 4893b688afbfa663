/// A comment's id in one tenant's registry.
public struct CommentID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
