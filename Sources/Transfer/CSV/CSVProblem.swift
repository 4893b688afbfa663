/// Why a record of a table cannot be trusted.
public enum CSVProblem: Error, Sendable, Equatable, CustomStringConvertible {
    /// A quotation mark inside a quoted field was not doubled, so where the field ends is a guess.
    case strayQuote
    /// The file ended inside a quoted field.
    case unclosedQuote
    /// The record is longer than the limit; what lies beyond is not kept.
    case tooLong(limit: Int)
    /// The record has more fields than the limit; what lies beyond is not kept.
    case tooManyFields(limit: Int)

    public var description: String {
        switch self {
        case .strayQuote: "a quotation mark inside a quoted field is not doubled"
        case .unclosedQuote: "a quotation mark is opened and never closed"
        case .tooLong(let limit): "a row may have at most \(limit) bytes; is a quotation mark missing?"
        case .tooManyFields(let limit): "a row may have at most \(limit) fields"
        }
    }
}
