internal import Synchronization

/// A channel of one tenant as the core sees it, wherever it runs.
///
/// A compiled-in channel answers on the spot; one that runs in a process of its own answers when that does. Whatever it
/// answers before the transaction is looked at again inside it.
public protocol Channel: Sendable {
    /// What the channel is, can do and can be set.
    var descriptor: ChannelDescriptor { get }

    /// Whether answers come at once on the thread that asks, and may be asked for inside a transaction.
    var isImmediate: Bool { get }

    /// Completes a draft with what the payload of a submitted order says.
    func translate(
        _ details: Details, into draft: OrderDraft, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Translation, any Error>) -> Void)

    /// Completes a change of an order with what the changed payload says.
    func revise(
        _ details: Details, _ change: OrderChange, of order: Order, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<Revision, any Error>) -> Void)

    /// Prepares one of the channel's own verbs.
    func perform(
        _ verb: String, _ arguments: Details, _ occasion: Occasion,
        _ done: @escaping @Sendable (Result<ChannelWork, any Error>) -> Void)

    /// Prepares what the channel asked to be woken for.
    func wake(_ occasion: Occasion, _ done: @escaping @Sendable (Result<ChannelWaking, any Error>) -> Void)

    /// An order's details with what the order itself tells in place of what they do not, as people should read them.
    func completed(_ details: Details, of order: Order, _ services: ChannelServices) throws -> Details

    /// What a person should read of an order's details, in the order of reading.
    func lines(of details: Details, _ occasion: Occasion) -> [DetailLine]

    /// What a reference to one of the channel's products leads to, nil when there is no such product.
    func product(_ sku: String, _ services: ChannelServices) throws -> Product?

    /// Lets the channel's own tables follow a change of one of its orders.
    func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws
}

/// What a channel makes of a submitted order.
///
/// A class, since it is passed from hand to hand until the order is registered.
public final class Translation: Sendable {
    public let draft: OrderDraft
    /// Looks at the order inside its transaction, before anything is written; may complete it, and warns.
    let review: @Sendable (inout OrderDraft, ChannelServices) throws -> [String]
    /// Completes state, payment and details once it is known what the order comes to; warns.
    let settle: @Sendable (inout OrderDraft, OrderAmounts) throws -> [String]
    /// Writes the channel's own tables once the order is written.
    let record: @Sendable (Registration, OrderDraft, ChannelTransaction) throws -> Void

    public init(
        _ draft: OrderDraft,
        review: @escaping @Sendable (inout OrderDraft, ChannelServices) throws -> [String],
        settle: @escaping @Sendable (inout OrderDraft, OrderAmounts) throws -> [String] = { _, _ in [] },
        record: @escaping @Sendable (Registration, OrderDraft, ChannelTransaction) throws -> Void
    ) {
        self.draft = draft
        self.review = review
        self.settle = settle
        self.record = record
    }
}

/// What a channel makes of a change.
public struct Revision: Sendable {
    public var change: OrderChange
    /// Writes the channel's own tables once the order is changed.
    let record: @Sendable (Order, ChannelTransaction) throws -> Void

    public init(
        _ change: OrderChange, record: @escaping @Sendable (Order, ChannelTransaction) throws -> Void = { _, _ in }
    ) {
        self.change = change
        self.record = record
    }
}

/// What is left to do when a channel is woken.
public typealias ChannelWaking = @Sendable (ChannelTransaction) throws -> Void

/// What is left to do of a channel's verb.
public enum ChannelWork: Sendable {
    case read(@Sendable (ChannelServices) throws -> ChannelReply)
    case write(@Sendable (ChannelTransaction) throws -> ChannelReply)
    /// Nothing.
    case answer(ChannelReply)
}

extension Channel {
    /// The answer of a channel that is immediate.
    ///
    /// - Throws: What the channel refuses with.
    package func answerAtOnce<Answer: Sendable>(
        _ ask: (_ done: @escaping @Sendable (Result<Answer, any Error>) -> Void) -> Void
    ) throws -> Answer {
        let answer = Mutex<Result<Answer, any Error>?>(nil)
        ask { result in answer.withLock { $0 = result } }
        guard let result = answer.withLock({ $0 }) else { preconditionFailure("\(descriptor.id) is not immediate") }
        return try result.get()
    }

    /// The common state a state of this channel stands for.
    ///
    /// - Throws: ``ChannelRefusal`` for a state the channel does not have.
    public func state(for channelState: String) throws -> OrderState {
        try descriptor.state(for: channelState)
    }
}
