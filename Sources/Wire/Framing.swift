public import StrictJSON

/// How a request was asked, and so how it is to be answered.
public enum Framing: Sendable, Equatable {
    /// A word line, answered by rows and a terminator.
    case word
    /// A JSON-RPC 2.0 line, answered by one response with the same id.
    ///
    /// The id is a string or a number; `null` only where a malformed line does not tell it.
    case json(id: JSON)
}
