/// What became of a mail that was handed to a mail system.
///
/// Reasons are one line without addresses, fit for a log and for staff.
public enum MailDelivery: Sendable, Equatable {
    /// The mail system took it.
    case sent
    /// Not taken now; another attempt may succeed.
    case temporary(reason: String)
    /// Not taken, nor will it be.
    case permanent(reason: String)
    /// Perhaps taken, perhaps not: another attempt may deliver it twice.
    case uncertain(reason: String)
}
