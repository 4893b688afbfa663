/// What a mail is about; programs filter the outbox by it.
public enum MailKind: String, Sendable, CaseIterable {
    /// Staff wrote to one customer.
    case message
    /// Staff wrote to many customers at once.
    case bulk
    /// The question whether a subscription was meant.
    case consent
    /// An account is to be opened.
    case invitation
    case signUp = "sign-up"
    case signIn = "sign-in"
    /// A new password is to be set.
    case password
    /// A new address is to be confirmed.
    case emailChange = "email-change"
    /// The old address is told of the new one.
    case emailChanged = "email-changed"
    /// The shop is told that a customer ended the account.
    case accountLeft = "account-left"
}
