/// One thing that a card says.
public struct CardProperty: Sendable, Equatable {
    /// In upper case, without the group before it.
    public let name: String
    /// What kind it is of, in lower case: home, cell, fax.
    var types: Set<String> = []
    /// 1 for the most preferred, 101 where nothing is said.
    var preference = 101
    /// What the value is written in, where the property says so.
    var charset: String?
    /// Whether the value was written in quoted-printable or base64.
    var isEncoded = false
    /// Whether the year of a date is only there because a date has one.
    var lacksYear = false
    /// The bytes of the value, decoded from quoted-printable or base64; none where it is no text or too long.
    var value: [UInt8] = []
    /// Whether the value is a picture, a sound or a key.
    var isBinary = false
    /// Whether the value is longer than any that is kept.
    var isCut = false
    /// Which backslashes mean something.
    var escapes = CardEscapes.all

    init(_ name: String) { self.name = name }
}

/// What a backslash in a value may stand before.
enum CardEscapes: Sendable, Equatable {
    /// Any sign; before n it is a line end. <https://www.rfc-editor.org/rfc/rfc6350#section-3.4>
    case all
    /// Only what parts values, as in vCard 2.1.
    case separators
    /// Nothing.
    case none
}
