/// What a caller may be.
public enum Role: String, Sendable, CaseIterable {
    case `operator`
    case staff
    case channel
    case portal
    case reader
    /// Let in by nobody yet.
    case none
}
