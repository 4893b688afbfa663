/// One comment that mentions a member of staff.
public struct InboxEntry: Sendable, Equatable {
    public let id: Int64
    public let staff: StaffID
    public let comment: CommentID
    public let at: Instant
    /// Nil until it is read.
    public let readAt: Instant?
}
