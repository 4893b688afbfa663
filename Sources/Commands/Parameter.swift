/// A parameter of a verb.
struct Parameter: Sendable {
    /// What it holds; `help` and `schema` show the raw value.
    enum Kind: String, Sendable {
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
        var help: String {
            switch self {
            case .words: "words parted by commas, or a JSON list where one has a comma in it"
            case .text, .integer, .flag, .amount, .time, .object, .list, .buyer, .json: rawValue
            }
        }
    }

    let name: String
    let kind: Kind
    let isRequired: Bool
    let summary: String
    /// The most bytes of a text.
    let maximum: Int

    static func required(_ name: String, _ kind: Kind, _ summary: String, maximum: Int = 4_096) -> Parameter {
        Parameter(name: name, kind: kind, isRequired: true, summary: summary, maximum: maximum)
    }

    static func optional(_ name: String, _ kind: Kind, _ summary: String, maximum: Int = 4_096) -> Parameter {
        Parameter(name: name, kind: kind, isRequired: false, summary: summary, maximum: maximum)
    }

    /// How long a page of a list is.
    static let limit = optional("limit", .integer, "rows of a page, 1 to 1000; 100 where not said")

    /// Where a page of a list begins.
    static let after = optional("after", .text, "where the page before ended: its next", maximum: 16_384)

    /// Whether a list counts all rows that fit.
    static let count = optional("count", .flag, "also counts all that fit, which takes time")
}
