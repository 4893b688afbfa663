internal import ChannelKit
internal import Registry
internal import StrictJSON
internal import Wire

/// The arguments of a request, checked against the verb's parameters.
struct Arguments: Sendable {
    private var values: [JSON.Member] = []
    /// Arguments whose names the verb does not fix, such as settings.
    private(set) var others: [JSON.Member] = []

    /// Names and types what was written; nothing has an effect before this has succeeded.
    init(_ written: [Argument], for verb: Verb) throws(CommandError) {
        values.reserveCapacity(written.count)
        for argument in written {
            let parameter: Parameter
            if let name = argument.name {
                guard let named = verb.parameter(name) else {
                    guard verb.takesOthers else {
                        throw .unknownArgument(name, known: verb.allParameters.map(\.name))
                    }
                    try add(other: argument, named: name)
                    continue
                }
                parameter = named
            } else {
                parameter = try nextPositional(of: verb)
            }
            guard !values.contains(where: { $0.name == parameter.name }) else {
                throw .repeatedArgument(parameter.name)
            }
            values.append(JSON.Member(name: parameter.name, value: try parameter.value(of: argument.value)))
        }
        if let key = text("key"), key.isEmpty { throw .badValue("key", "it cannot be empty") }
        for parameter in verb.parameters where parameter.isRequired && !has(parameter.name) {
            throw .missingArgument(parameter.name)
        }
    }

    private mutating func add(other argument: Argument, named name: String) throws(CommandError) {
        guard !others.contains(where: { $0.name == name }) else { throw .repeatedArgument(name) }
        let text = Parameter.optional(name, .text, "")
        if case .json(.bool(let flag)) = argument.value {
            others.append(JSON.Member(name: name, value: .string(flag ? "true" : "false")))
        } else {
            others.append(JSON.Member(name: name, value: try text.value(of: argument.value)))
        }
    }

    /// A value without a name fills the first required parameter that is free, or the first of all.
    private func nextPositional(of verb: Verb) throws(CommandError) -> Parameter {
        let isFree = { (parameter: Parameter) in !values.contains { $0.name == parameter.name } }
        if let required = verb.parameters.first(where: { $0.isRequired && isFree($0) }) { return required }
        let hasRequired = verb.parameters.contains(where: \.isRequired)
        guard !hasRequired, let first = verb.parameters.first, isFree(first) else { throw .tooManyValues }
        return first
    }

    /// Whether an argument is there and not null.
    func has(_ name: String) -> Bool { json(name) != nil }

    /// Whether an argument is there, be it null.
    func isGiven(_ name: String) -> Bool { values.contains { $0.name == name } }

    /// An argument's value, nil when it is absent or null.
    func json(_ name: String) -> JSON? {
        guard let value = values.first(where: { $0.name == name })?.value, value != .null else { return nil }
        return value
    }

    /// All that were given and are not null, but the key.
    var members: [JSON.Member] { values.filter { $0.value != .null && $0.name != "key" } }

    /// The text of an argument, nil when it is absent or null.
    func text(_ name: String) -> String? { json(name)?.stringValue }

    /// The text of a required argument.
    func required(_ name: String) -> String { text(name) ?? "" }

    func integer(_ name: String) -> Int64? { json(name)?.integerValue }

    func flag(_ name: String) -> Bool? { json(name)?.boolValue }

    func words(_ name: String) -> [String] { json(name)?.arrayValue?.compactMap(\.stringValue) ?? [] }

    /// The id of a required customer.
    func customer(_ name: String = "customer") -> CustomerID { CustomerID(rawValue: integer(name) ?? 0) }

    /// One of the cases of an enum of words, nil when the argument is absent.
    func word<Word: RawRepresentable & CaseIterable>(_ name: String, _: Word.Type) throws(CommandError) -> Word?
    where Word.RawValue == String {
        guard let text = text(name) else { return nil }
        guard let word = Word(rawValue: text) else {
            throw .badValue(name, "one of \(Word.allCases.map(\.rawValue).joined(separator: ", ")) is needed")
        }
        return word
    }

    /// Reads an argument's text as a value, nil when the argument is absent.
    func value<Value>(_ name: String, _ read: (String) throws(ValueError) -> Value) throws(CommandError) -> Value? {
        guard let text = text(name) else { return nil }
        do {
            return try read(text)
        } catch {
            throw .badValue(name, error.description)
        }
    }

    /// How many rows a page holds.
    func limit() throws(CommandError) -> Int {
        guard let limit = integer("limit") else { return 100 }
        guard (1...1_000).contains(limit) else { throw .badValue("limit", "1 to 1000 rows fit a page") }
        return Int(limit)
    }

    /// Identifies the content of the request, however it was written.
    var canonicalText: String {
        JSON.object((values + others).filter { $0.name != "key" }).canonical.text
    }
}
