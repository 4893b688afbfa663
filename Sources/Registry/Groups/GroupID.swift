/// A customer group's id in one tenant's registry; people know it by its name.
public struct GroupID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
