/// How an attempt to hand a mail to the host's mail system ended.
public enum MailOutcome: Sendable, Equatable {
    /// The mail system has taken it over.
    case sent
    /// It did not take it now; the reason is its own words.
    case postponed(String)
    /// It will never take it; the reason is its own words.
    case refused(String)
    /// Nobody knows whether it took it; the reason says why not.
    case unknown(String)
}
