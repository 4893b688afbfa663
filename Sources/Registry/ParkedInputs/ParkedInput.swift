public import StrictJSON

/// Something that a channel could not be asked, kept until it can be.
public struct ParkedInput: Sendable, Equatable {
    /// What becomes of an input.
    public enum State: String, Sendable, CaseIterable {
        case waiting
        /// The channel, or the core, refused it.
        case rejected
        case done
        case discarded
    }

    /// The verb that registers an order, whose arguments the core understands.
    public static let orderVerb = "order.register"

    /// Counts the tenant's parked inputs from 1.
    public let number: Int64
    public let channel: String
    public let verb: String
    /// The verb's arguments, a JSON object; empty once it is done or discarded.
    public let request: JSONFragment
    public let actor: Actor
    /// When it came in.
    public let at: Instant
    public let state: State
    /// Why it waits or was rejected.
    public let reason: String?
    /// How often the channel's process ended, or ran out of time, with it in hand since it was parked or retried.
    public let tries: Int64
}
