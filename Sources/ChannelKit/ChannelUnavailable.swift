/// A channel could not be asked just now, and what it was to be asked may be kept until it can.
public struct ChannelUnavailable: Refusal {
    /// Why it could not be asked.
    public let cause: any Refusal
    /// Whether it had this very thing in hand when it failed, and may fail of it again.
    public let wasAsked: Bool

    public init(_ cause: any Refusal, wasAsked: Bool) {
        self.cause = cause
        self.wasAsked = wasAsked
    }

    public var kind: RefusalKind { cause.kind }

    public var slug: String { cause.slug }

    public var details: [JSON.Member] { cause.details }

    public var description: String { cause.description }
}
