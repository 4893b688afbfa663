/// Somebody whom a mail did not reach.
public struct BouncedRecipient: Sendable, Equatable {
    /// The address as the report has it; empty when it names none.
    public let address: String
    /// The status code such as `5.1.1`; nil when there is none. <https://www.rfc-editor.org/rfc/rfc3463>
    public let status: String?
    /// Whether the address itself is no good: nobody has it, or its domain takes no mail.
    public let isHard: Bool
}
