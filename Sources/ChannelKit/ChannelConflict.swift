/// What a channel decided before the transaction does not hold inside it any more: it should be asked again.
public struct ChannelConflict: Refusal, Equatable {
    public init() {}

    public var kind: RefusalKind { .conflict }

    public var slug: String { "conflict" }

    public var description: String { "somebody else changed the same thing at the same time; try again" }
}
