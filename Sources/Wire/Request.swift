/// A request as one line holds it, whatever the verb.
public struct Request: Sendable, Equatable {
    /// How it was asked.
    public var framing: Framing
    /// The tenant this one line names, well-formed but not known to exist; nil when it names none.
    public var tenant: String?
    /// The verb, well-formed but not known to exist.
    public var verb: String
    /// The arguments in the order of the line; a name may occur again.
    public var arguments: [Argument]

    /// Puts a request together.
    public init(framing: Framing, tenant: String?, verb: String, arguments: [Argument]) {
        self.framing = framing
        self.tenant = tenant
        self.verb = verb
        self.arguments = arguments
    }
}
