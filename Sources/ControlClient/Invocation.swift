/// What a command line of `patronctl` asks for.
public struct Invocation: Sendable, Equatable {
    /// What to do.
    public enum Action: Sendable, Equatable {
        case help
        case version
        case completion(Shell)
        /// Send the lines of standard input.
        case lines
        case request(verb: String, arguments: [String])
    }

    /// Where the daemon's socket is.
    public private(set) var socket: String
    /// Whom the request is for; nil when it names nobody.
    public private(set) var tenant: String?
    /// In whose name; nil for the caller's own.
    public private(set) var staff: String?
    /// Whether answers are shown as JSON.
    public private(set) var isJSON = false
    /// What to do.
    public private(set) var action = Action.help

    /// Reads a command line.
    ///
    /// - Parameters:
    ///   - arguments: Without the program's name.
    ///   - environment: `PATRON_SOCKET` and `PATRON_TENANT` stand in for options; empty ones count as absent.
    /// - Throws: ``UsageError``.
    public init(arguments: [String], environment: [String: String]) throws(UsageError) {
        socket = environment["PATRON_SOCKET"].flatMap { $0.isEmpty ? nil : $0 } ?? "run/patron.sock"
        tenant = environment["PATRON_TENANT"].flatMap { $0.isEmpty ? nil : $0 }
        var rest = arguments[...]
        while let option = rest.first, option.hasPrefix("-"), option != "-" {
            rest.removeFirst()
            switch option {
            case "--help", "-h": return
            case "--version":
                action = .version
                return
            case "--json": isJSON = true
            default: try take(option, &rest)
            }
        }
        guard let verb = rest.popFirst() else { throw .missingVerb }
        action = try Self.action(verb, Array(rest))
        if let tenant { try Self.check(tenant: tenant) }
        if staff != nil, tenant == nil { throw .staffWithoutTenant }
    }

    /// Takes an option that has a value, behind `=` or as the next argument.
    private mutating func take(_ option: String, _ rest: inout ArraySlice<String>) throws(UsageError) {
        let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard ["--socket", "--tenant", "--as"].contains(name) else { throw .unknownOption(option) }
        let value = parts.count > 1 ? String(parts[1]) : rest.popFirst()
        guard let value, !value.isEmpty else { throw .missingValue(option: name) }
        switch name {
        case "--socket": socket = value
        case "--tenant": tenant = value
        default: staff = value
        }
    }

    private static func action(_ verb: String, _ arguments: [String]) throws(UsageError) -> Action {
        switch verb {
        case "-":
            guard arguments.isEmpty else { throw .unexpectedArguments(verb: verb) }
            return .lines
        case "completion":
            guard arguments.count == 1, let shell = Shell(rawValue: arguments[0]) else {
                throw .unexpectedArguments(verb: verb)
            }
            return .completion(shell)
        default:
            // Anything else is left to the daemon, which knows what was meant; but it must be one word.
            guard let first = verb.utf8.first, ASCII.isLetter(first), verb.utf8.allSatisfy(isWordByte) else {
                throw .badVerb(verb)
            }
            return .request(verb: verb, arguments: arguments)
        }
    }

    private static func check(tenant: String) throws(UsageError) {
        guard tenant.utf8.allSatisfy(isWordByte) else { throw .badTenant(tenant) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool { byte != ASCII.space && !ASCII.isControl(byte) }
}
