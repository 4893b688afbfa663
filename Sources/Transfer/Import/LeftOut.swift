/// Why a column that is known is not taken over unless the mapping says so.
public enum LeftOut: String, Sendable, Equatable, CaseIterable {
    /// Numbers that follow from orders, which come with the orders.
    case statistics
    /// What only means something to the program that wrote it: its ids, flags, times and measurements.
    case technical
    /// The state of an account there: accounts are opened by invitation.
    case account
    /// Consent to something that no purpose here stands for.
    case consent
    /// How a name is pronounced or sorted.
    case phonetic
    /// Pictures, sounds, keys, and links to them.
    case media
    /// What kind the value of another column is of.
    case kind
    /// What other columns say already, in another form.
    case repeated
}
