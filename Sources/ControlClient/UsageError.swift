/// Why a command line makes no sense.
public enum UsageError: Error, Equatable, Sendable, CustomStringConvertible {
    case unknownOption(String)
    /// An option that needs a value and has none, or an empty one.
    case missingValue(option: String)
    case missingVerb
    /// A verb with a character that would end it.
    case badVerb(String)
    /// A tenant with a character that no name of a tenant has.
    case badTenant(String)
    /// `--as` without a tenant: staff belong to one.
    case staffWithoutTenant
    /// `-` or `completion` with arguments that it does not take.
    case unexpectedArguments(verb: String)

    public var description: String {
        switch self {
        case .unknownOption(let option): "unknown option \(option.visible)"
        case .missingValue(let option): "\(option) needs a value"
        case .missingVerb: "a verb is missing"
        case .badVerb(let verb): "not a verb: \(verb.visible)"
        case .badTenant(let tenant): "not a tenant: \(tenant.visible)"
        case .staffWithoutTenant: "--as needs --tenant"
        case .unexpectedArguments("completion"): "completion takes one argument, bash or zsh"
        case .unexpectedArguments(let verb): "\(verb.visible) takes no arguments"
        }
    }
}
