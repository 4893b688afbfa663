/// What staff may know of a customer's account.
public struct Account: Sendable, Equatable {
    public let customer: CustomerID
    public let state: AccountState
    public let status: CustomerStatus
    public let hasPassword: Bool
    /// When the address was confirmed, nil while it is not.
    public let emailVerifiedAt: Instant?
    /// Until when the invitation is good, nil when none is open.
    public let invitedUntil: Instant?
    /// The address that waits for its confirmation.
    public let pendingEmail: String?
    /// How many sessions are open.
    public let sessions: Int64
}

/// Somebody is signed in.
public struct SignInSession: Sendable, Equatable {
    public let customer: CustomerID
    public let beganAt: Instant
    public let expiresAt: Instant
}
