/// A saved rule: whoever fits it belongs to the segment, for as long as it fits.
public struct Segment: Sendable, Equatable {
    public let id: SegmentID
    public let name: String
    /// Who belongs to it.
    public let query: CustomerQuery
    public let createdAt: Instant
}

/// A segment's id in one tenant's registry; people know it by its name.
public struct SegmentID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
