/// A way for mail to leave the host.
///
/// A protocol, since the real way leaves the process and blocks.
public protocol MailTransport: Sendable {
    /// Hands a mail over and waits until it is known what became of it; blocks for up to a minute.
    ///
    /// - Parameters:
    ///   - message: The mail as ``Transfer/MailComposer`` writes it; it goes to whom its header says.
    ///   - returnPath: The address to which the mail comes back when it cannot be delivered; nil for the mail
    ///     system's choice.
    /// - Returns: What became of it.
    func send(_ message: [UInt8], returnPath: String?) -> MailDelivery

    /// Lets mails in hand be given up within seconds, now and from now on: the daemon is to end.
    func hurry()
}
