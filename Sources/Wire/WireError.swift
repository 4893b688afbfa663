public import StrictJSON

/// Why a line is no request, and where.
public struct WireError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The mistake.
    public let reason: Reason
    /// Where it is: bytes from the beginning of the line, counted from 1.
    ///
    /// A mistake in what a JSON line says, not in how it is written, is put where the object begins.
    public let column: Int

    /// The mistakes a line can hold, one case each.
    public enum Reason: Error, Equatable, Sendable {
        /// `@`, or the member `tenant`, with anything but the name of a tenant.
        case badTenant
        /// A tenant without a verb behind it.
        case missingVerb
        /// A verb that is no `noun.verb` in lowercase.
        case badVerb
        /// Bytes outside JSON that are no well-formed UTF-8.
        case badUTF8
        /// A control character outside a JSON string.
        case controlCharacter
        /// A mistake within a JSON value.
        case json(JSONError.Reason)
        /// No space between a JSON value and what follows it.
        case textAfterValue
        /// A JSON line that is an array.
        case batchArray
        /// A JSON line whose `jsonrpc` is missing or anything but `"2.0"`.
        case badVersion
        /// A JSON line without `id`, or with `null` for it.
        case missingID
        /// An `id` that is neither a string nor a number.
        case badID
        /// A JSON line without `method`.
        case missingMethod
        /// A `method` that is no string with a verb's syntax.
        case badMethod
        /// `params` that are no object.
        case badParameters
        /// A member that no JSON-RPC request has.
        case unknownMember
    }

    /// Names a mistake and its place.
    public init(reason: Reason, column: Int) {
        self.reason = reason
        self.column = column
    }

    public var description: String { "\(phrase) at column \(column)" }

    private var phrase: String {
        switch reason {
        case .badTenant: "bad tenant name"
        case .missingVerb: "no verb after the tenant"
        case .badVerb: "bad verb, it is written noun.verb in lowercase"
        case .badUTF8: "bad utf-8"
        case .controlCharacter: "control character outside a json string"
        case .json(let reason): reason.phrase
        case .textAfterValue: "a json value must be followed by a space or the end of the line"
        case .batchArray: "a json array is not taken, use the verbs batch and commit"
        case .badVersion: "jsonrpc must be \"2.0\""
        case .missingID: "notifications are not taken, every request needs an id"
        case .badID: "id must be a string or a number"
        case .missingMethod: "method is missing"
        case .badMethod: "bad method, it is a string written noun.verb in lowercase"
        case .badParameters: "params must be an object"
        case .unknownMember: "a request has only the members jsonrpc, id, method and params"
        }
    }
}
