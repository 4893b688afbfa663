/// What became of a mail that came in.
public enum Receipt: Sendable, Equatable {
    /// It belongs to a conversation, which it may have opened.
    case conversation(Message, isNew: Bool)
    /// Nobody knows whose it is; it waits until somebody says so.
    case unassigned(Message)
    /// It had come before.
    case repeated(Message)
    /// It tells of a mail that did not arrive.
    case bounce(MailID)
    /// The recipient of a mail complained of it, and gets no advertising any more.
    case complaint(MailID)
    /// A program wrote it and it belongs to nothing here; it is not kept.
    case ignored
}
