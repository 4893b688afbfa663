/// A parameter of a verb.
public struct Parameter: Sendable, Equatable {
    /// What it holds; `help` and `schema` show the raw value.
    public enum Kind: String, Sendable, CaseIterable {
        case text
        case integer
        case flag
        /// A decimal number as text, such as "12.50".
        case amount
        /// ISO 8601; without an offset in the tenant's time zone.
        case time
        /// Several words: a JSON array, or a text, bare or quoted, in which commas part them.
        case words
        case object
        case list
        /// An id, or an object that describes somebody.
        case buyer
        /// Any JSON; a bare value that is none is text.
        case json

        /// As `help` shows it.
        public var help: String {
            switch self {
            case .words: "words parted by commas, or a JSON list where one has a comma in it"
            case .text, .integer, .flag, .amount, .time, .object, .list, .buyer, .json: rawValue
            }
        }
    }

    /// Of a-z, 0-9 and underscores.
    public let name: String
    public let kind: Kind
    public let isRequired: Bool
    /// What it means, for people.
    public let summary: String
    /// The most bytes of a text.
    public let maximum: Int

    /// A parameter that must be given.
    public static func required(_ name: String, _ kind: Kind, _ summary: String, maximum: Int = 4_096) -> Parameter {
        Parameter(name: name, kind: kind, isRequired: true, summary: summary, maximum: maximum)
    }

    /// A parameter that may be left out.
    public static func optional(_ name: String, _ kind: Kind, _ summary: String, maximum: Int = 4_096) -> Parameter {
        Parameter(name: name, kind: kind, isRequired: false, summary: summary, maximum: maximum)
    }

    /// How long a page of a list is.
    public static let limit = optional("limit", .integer, "rows of a page, 1 to 1000; 100 where not said")

    /// Where a page of a list begins.
    public static let after = optional("after", .text, "where the page before ended: its next", maximum: 16_384)

    /// Whether a list counts all rows that fit.
    public static let count = optional("count", .flag, "also counts all that fit, which takes time")
}
