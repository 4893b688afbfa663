/// What staff say to each other about a customer; for staff only.
public struct Comment: Sendable, Equatable {
    public let id: CommentID
    public let customer: CustomerID
    /// Such as "staff:lena".
    public let author: String
    public let at: Instant
    /// When the last version was written; nil where there is only one.
    public let editedAt: Instant?
    /// Counted from 1.
    public let version: Int64
    public let body: CommentBody
}
