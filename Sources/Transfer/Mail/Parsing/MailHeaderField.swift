/// A line of a mail's header, unfolded.
public struct MailHeaderField: Sendable, Equatable {
    /// The name as written; names are the same in upper and lower case.
    public let name: String
    /// What stands after the colon, without spaces at its ends and with encoded words as they came.
    public let value: String

    /// The value with its encoded words read. <https://www.rfc-editor.org/rfc/rfc2047>
    public var text: String { EncodedText.decoded(value) }
}
