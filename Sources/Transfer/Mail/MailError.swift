public import Registry

/// Why a mail cannot be written or read.
public enum MailError: Refusal, Equatable {
    /// A line break or another control character where only one line may stand.
    case controlCharacter(MailField)
    /// No address to which mail could go.
    case badAddress(MailField)
    /// Not of the form `left@right` in printable ASCII.
    case badMessageID(MailField)
    /// Not a URL in printable ASCII.
    case badLink
    /// More bytes than a raw mail may have.
    case tooLarge(limitInBytes: Int)

    public var kind: RefusalKind {
        switch self {
        case .controlCharacter, .badAddress, .badMessageID, .badLink: .badRequest
        case .tooLarge: .tooLarge
        }
    }

    public var slug: String {
        switch self {
        case .controlCharacter, .badAddress, .badMessageID, .badLink: "bad-value"
        case .tooLarge: "mail-too-large"
        }
    }

    public var description: String {
        switch self {
        case .controlCharacter(let field): "a control character in the mail's \(field.rawValue)"
        case .badAddress(let field): "no mail address in the mail's \(field.rawValue)"
        case .badMessageID(let field): "malformed message id in the mail's \(field.rawValue)"
        case .badLink: "the mail's unsubscribe link is not a URL"
        case .tooLarge(let limitInBytes): "the mail is larger than \(limitInBytes) bytes"
        }
    }
}
