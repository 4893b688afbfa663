/// What a caller may be.
enum Role: String, Sendable, CaseIterable {
    case `operator`
    case staff
    case channel
    case portal
    case reader
    /// Let in by nobody yet.
    case none
}
