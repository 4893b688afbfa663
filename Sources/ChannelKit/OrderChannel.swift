/// The part of a channel that needs no transaction: it checks payloads and translates them into the neutral order.
///
/// A channel that is nothing else runs as a program of its own without loss.
public protocol OrderChannel: Sendable {
    /// What the channel is, can do and can be set.
    static var descriptor: ChannelDescriptor { get }

    /// What the conformance kit tries with the channel: the bytes of its samples.json.
    static var samples: [UInt8] { get }

    /// Makes the channel of one tenant.
    ///
    /// - Throws: ``ChannelRefusal`` when the settings make no sense together; each alone has been checked.
    init(settings: ChannelSettings) throws

    /// Checks the payload of a submitted order and completes the neutral order with what it says.
    ///
    /// What the core understands (buyer, lines, coupon, consent, total) is in the draft already. Runs outside the
    /// transaction and must not block.
    ///
    /// - Throws: ``ChannelRefusal``.
    func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws

    /// Checks a changed payload; the order's states and payments may follow from it.
    ///
    /// - Parameters:
    ///   - details: The whole payload as it is to be.
    ///   - change: What the caller wants changed; completed here.
    ///   - order: The order before the change.
    ///   - occasion: Who changes it, and when.
    /// - Throws: ``ChannelRefusal``.
    func revise(_ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion) throws

    /// What a person should read of an order's details, in the order of reading and the occasion's language.
    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine]
}

extension OrderChannel {
    /// None: the kit cannot judge the channel.
    public static var samples: [UInt8] { [] }

    /// The common state a state of this channel stands for.
    ///
    /// - Throws: ``ChannelRefusal`` for a state the channel does not have.
    public func state(for channelState: String) throws -> OrderState {
        try Self.descriptor.state(for: channelState)
    }

    /// Puts a new order whose state the caller did not give into a state of this channel.
    ///
    /// - Throws: ``ChannelRefusal`` for a state the channel does not have.
    public func begin(_ draft: inout OrderDraft, in channelState: String) throws {
        guard !draft.isStateGiven else { return }
        draft.state = try state(for: channelState)
        draft.channelState = channelState
    }
}
