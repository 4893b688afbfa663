/// One version of a comment.
public struct CommentVersion: Sendable, Equatable {
    /// Counted from 1.
    public let version: Int64
    public let at: Instant
    public let body: CommentBody
}
