/// A header field that is written from what a caller gave.
public enum MailField: String, Sendable {
    case from = "From"
    case to = "To"
    case replyTo = "Reply-To"
    case subject = "Subject"
    case messageID = "Message-ID"
    case inReplyTo = "In-Reply-To"
    case references = "References"
    case unsubscribe = "List-Unsubscribe"
}
