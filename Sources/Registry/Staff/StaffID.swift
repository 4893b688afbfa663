/// The id of a member of staff in one tenant; never given to anybody else.
public struct StaffID: Sendable, Hashable, RawRepresentable {
    public let rawValue: Int64

    public init(rawValue: Int64) { self.rawValue = rawValue }
}
