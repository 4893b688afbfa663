/// Why a column is not taken over, whatever the mapping says.
public enum Withheld: String, Sendable, Equatable {
    /// Numbers of cards or bank accounts.
    case payment
    /// Passwords hashed elsewhere, which nobody could sign in with.
    case hash
    /// Passwords in an address book, or mapped to something else, or in a shop whose customers sign in without one.
    case password
    /// Tokens that let somebody in.
    case session
    /// Numbers by which a state knows a person.
    case identity
}
