/// The text of a comment with what it mentions.
public struct CommentBody: Sendable, Equatable {
    /// What people read: mentions by their current names.
    public let text: String
    /// What is stored, and what an edit begins with: mentions as stable references.
    public let source: String
    /// In the order of the text.
    public let mentions: [Mention]
}
