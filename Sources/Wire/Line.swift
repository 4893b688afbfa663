/// What a line turns out to be.
public enum Line: Sendable, Equatable {
    /// Empty or a comment; not answered.
    case blank
    case request(Request)
    /// No request; answered in the given framing, its id null when the line does not tell it.
    case malformed(WireError, Framing)
    /// The first line of HTTP; the connection is to be closed.
    case foreign
}
