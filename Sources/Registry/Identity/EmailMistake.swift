/// What is wrong with an e-mail address.
public enum EmailMistake: Equatable, Sendable, CustomStringConvertible {
    /// There is no `@`.
    case missingAt
    /// Nothing stands before the `@`.
    case emptyLocalPart
    /// Nothing stands after the `@`.
    case emptyDomain
    /// A character that may not stand there: a space, a control character, a second `@`, a quote.
    case forbiddenCharacter
    /// A point at the start or end of a part, or two in a row.
    case misplacedPoint
    /// A domain of one label, or with a top level of digits, such as an IP address.
    case noTopLevelDomain
    /// A label of the domain that is too long, starts or ends with a hyphen, or is broken Punycode.
    case badDomainLabel
    /// More than 64 bytes before the `@`.
    case localPartTooLong
    /// More than 254 bytes in all.
    case tooLong

    public var description: String {
        switch self {
        case .missingAt: "the @ is missing"
        case .emptyLocalPart: "nothing before the @"
        case .emptyDomain: "nothing after the @"
        case .forbiddenCharacter: "a character that may not stand there"
        case .misplacedPoint: "a misplaced point"
        case .noTopLevelDomain: "no top-level domain"
        case .badDomainLabel: "a malformed domain"
        case .localPartTooLong: "more than 64 bytes before the @"
        case .tooLong: "more than 254 bytes"
        }
    }
}
