/// A file that came with a mail; its content is not kept.
public struct MailAttachment: Sendable, Equatable {
    /// The file's name as the sender gave it, not to be used as a path; nil when it has none.
    public let name: String?
    /// What it is, in lower case: `image/png`.
    public let type: String
    /// The bytes of its content.
    public let sizeInBytes: Int
}
