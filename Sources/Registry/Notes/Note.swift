/// What staff wrote about a customer, for staff only.
public struct Note: Sendable, Equatable {
    public let id: Int64
    public let customer: CustomerID
    public let author: String
    public let at: Instant
    public let text: String
}

/// Why a note could not be written.
public enum NoteError: Refusal, Equatable {
    case blank

    public var kind: RefusalKind { .badRequest }
    public var slug: String { "bad-value" }
    public var description: String { "a note needs text" }
}
