public import StrictJSON

/// The right to one act, such as confirming a subscription, that a link in a mail carries.
public struct Ticket: Sendable, Equatable {
    public let kind: TicketKind
    /// Whose right it is.
    public let customer: CustomerID
    /// What the act needs to know, a JSON object.
    public let data: JSONFragment
    public let issuedAt: Instant
    public let expiresAt: Instant
}

/// What a ticket is good for.
public enum TicketKind: String, Sendable, CaseIterable {
    case confirmConsent = "consent.confirm"
    /// Opening the account that staff have made.
    case invitation = "account.invitation"
    /// Opening the account that the customer has asked for.
    case signUp = "account.sign-up"
    case signIn = "account.sign-in"
    /// Setting a new password.
    case password = "account.password"
    /// Changing the e-mail address to one that reads this.
    case emailChange = "account.email"
}
