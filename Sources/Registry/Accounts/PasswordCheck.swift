/// A stored password, or one that fits nobody in its place, so that checking takes the same time for everybody.
public struct PasswordCheck: Sendable {
    /// Whose password it is, nil when there is nobody.
    let customer: CustomerID?
    let hash: PasswordHash

    /// Whether a password is right; takes some 20 ms of a core.
    public func passes(_ password: String) -> Bool {
        // Compared first, whoever it is.
        hash.matches(password) && customer != nil
    }
}
