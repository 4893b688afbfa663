extension Policies {
    /// Whom the list of customers shows when nothing is said of accounts.
    public enum ListDefault: String, Sendable, CaseIterable {
        case everyone
        /// Only customers who have an account.
        case accounts
    }
}
