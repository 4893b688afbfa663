/// How far a mail is on its way.
public enum MailState: String, Sendable, CaseIterable {
    /// It waits for its turn, or for its next attempt.
    case queued
    /// It has been handed to the host's mail system, which has not answered yet.
    case sending
    /// The host's mail system has taken it over.
    case sent
    /// The host's mail system refused it for good, or too often.
    case failed
    /// It came back: nobody could be reached at the address.
    case bounced
    /// It waits until the tenant has an address for its mail.
    case held
    /// The daemon ended while it was being sent: it may or may not have gone out, and is not sent again by itself.
    case uncertain
    /// It will not be sent: somebody withdrew it, or the customer's consent.
    case cancelled

    /// Whether it may still go out by itself.
    var isWaiting: Bool {
        switch self {
        case .queued, .sending, .held: true
        case .sent, .failed, .bounced, .uncertain, .cancelled: false
        }
    }
}
