/// Why a text is not the value it should be.
public enum ValueError: Error, Equatable, Sendable, CustomStringConvertible {
    /// Not a plain decimal number such as `12`, `-3` or `12.50`.
    case badAmount(String)
    /// More digits after the point than the value holds.
    case tooManyFractionDigits(allowed: Int)
    /// A number beyond what the value can hold.
    case outOfRange
    /// Not a percentage from 0 to 100 with up to four fraction digits.
    case badPercentage(String)
    /// Not an ISO 8601 date or date and time.
    case badInstant(String)
    /// Not a currency of ISO 4217.
    case badCurrency(String)
    /// Not a country of ISO 3166-1.
    case badCountry(String)
    /// Not an e-mail address.
    case badEmail(EmailMistake)
    /// Not a telephone number.
    case badPhone(String)

    public var description: String {
        switch self {
        case .badAmount(let text): "not a decimal number: \(text)"
        case .tooManyFractionDigits(let allowed): "more than \(allowed) fraction digits"
        case .outOfRange: "number out of range"
        case .badPercentage(let text): "not a percentage from 0 to 100: \(text)"
        case .badInstant(let text): "not a date and time: \(text)"
        case .badCurrency(let text): "not a currency of ISO 4217: \(text)"
        case .badCountry(let text): "not a country of ISO 3166-1: \(text)"
        case .badEmail(let mistake): "not an e-mail address: \(mistake)"
        case .badPhone(let text): "not a telephone number: \(text)"
        }
    }
}
