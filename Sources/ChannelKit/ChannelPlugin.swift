// Whoever writes a channel imports this room alone; the values it speaks in come along.
@_exported public import Registry
@_exported public import struct Storage.Row
@_exported public import struct Storage.StorageError
@_exported public import enum Storage.Value
@_exported public import StrictJSON
@_exported public import struct Foundation.TimeZone
@_exported public import struct FoundationEssentials.TimeZone

/// A way through which a shop sells: the whole face between the core and a channel module.
///
/// A channel translates its own payload into the neutral order and owns its details. Customers, coupons, consent and
/// totals are decided by the core. One cheap value is made per tenant, when the tenant is opened or its settings
/// change; it holds no state but its settings.
public protocol ChannelPlugin: OrderChannel {
    /// The channel's own verbs, in the order `help` lists them.
    static var verbs: [ChannelVerb] { get }

    /// An order's details with what the order itself and the channel's own tables tell, as people should read them.
    func completed(_ details: Details, of order: Order, _ services: ChannelServices) throws -> Details

    /// What a reference to one of the channel's products leads to, nil when there is no such product.
    func product(_ sku: String, _ services: ChannelServices) throws -> Product?

    /// Looks at a new order inside its transaction, before anything is written; may complete it from the channel's
    /// own tables. Not called for an order that is there already.
    ///
    /// - Returns: What the caller should be warned of.
    /// - Throws: ``ChannelRefusal`` to refuse the order.
    func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String]

    /// Completes state, payment and details of a new order once it is known what it comes to.
    ///
    /// - Returns: What the caller should be warned of, lowercase.
    /// - Throws: ``ChannelRefusal`` to refuse the order.
    func settle(_ draft: inout OrderDraft, _ amounts: OrderAmounts) throws -> [String]

    /// Writes the channel's own tables once a new order is written, in the same transaction.
    ///
    /// - Throws: ``ChannelRefusal`` to refuse the order after all, such as for a double booking.
    func record(_ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction) throws

    /// Lets the channel's own tables follow a change of one of its orders, by whichever verb and whoever made it.
    ///
    /// - Parameters:
    ///   - order: The order after the change.
    ///   - before: The order before it.
    ///   - transaction: The change's own.
    /// - Throws: ``ChannelRefusal`` to refuse the change.
    func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws

    /// Does what the channel asked to be woken for with ``ChannelTransaction/wake(at:)``, and asks for the next time.
    ///
    /// Also called once after a new version has changed the channel's tables. It should do a bounded part of what
    /// there is and ask to be woken at once for the rest, so that other requests come in between.
    ///
    /// - Throws: Undoes what it did; it is then woken again a minute later.
    func wake(_ transaction: ChannelTransaction) throws
}

extension ChannelPlugin {
    /// The details as they are.
    public func completed(_ details: Details, of order: Order, _ services: ChannelServices) -> Details { details }

    /// A product as the channel sold it last.
    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        try services.productSold(sku)
    }

    /// None.
    public static var verbs: [ChannelVerb] { [] }

    /// Nothing to warn of.
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] { [] }

    /// Nothing to complete.
    public func settle(_ draft: inout OrderDraft, _ amounts: OrderAmounts) throws -> [String] { [] }

    /// Nothing to keep.
    public func record(
        _ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction
    ) throws {}

    /// Nothing to do.
    public func wake(_ transaction: ChannelTransaction) throws {}

    /// Nothing to follow.
    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {}
}

/// One line of an order's details for people.
public struct DetailLine: Sendable, Equatable {
    public let label: String
    public let text: String

    public init(_ label: String, _ text: String) {
        self.label = label
        self.text = text
    }
}
