internal import ChannelKit
internal import Hosting
internal import Registry
internal import StrictJSON

/// Turns the arguments of `order.register` into a neutral order, with the channel's help.
final class OrderSubmission: Sendable {
    private let draft: OrderDraft
    private let details: Details
    let channel: any Channel
    private let occasion: Occasion

    /// - Throws: ``CommandError`` or ``HostError`` for the first thing that is wrong with what all channels share.
    init(_ invocation: TenantInvocation) throws {
        let arguments = invocation.arguments
        let id = arguments.required("channel")
        try invocation.caller.mayUse(channel: id)
        channel = try invocation.profile.channel(id)
        let currency = try invocation.currency()
        let details = arguments.json("details") ?? .object([])
        self.details = try Details(details)
        occasion = invocation.occasion
        var draft = OrderDraft(
            channel: id, ext: arguments.text("ext"), buyer: try Self.buyer(arguments, invocation.shop),
            kind: try arguments.word("kind", OrderKind.self) ?? .order, state: .open, currency: currency,
            lines: try Self.lines(arguments),
            declared: try invocation.money("total", in: currency),
            details: JSONFragment(of: details.canonical))
        if let state = arguments.text("state") {
            (draft.state, draft.channelState) = try OrderStates.resolve(state, channel)
            draft.isStateGiven = true
        }
        draft.placedAt = try invocation.instant("placed_at")
        draft.coupon = arguments.text("coupon")
        draft.hold = arguments.integer("hold").map(CouponHoldID.init(rawValue:))
        draft.addresses = [OrderAddress(ofBuyer: arguments.json("customer"))].compactMap(\.self)
        draft.consent = try ConsentArgument.statements(arguments.json("consent"))
        draft.isTest = arguments.flag("test") ?? false
        draft.noteSubmitted()
        self.draft = draft
    }

    /// Asks the channel what it makes of the order and hands over what registers it.
    ///
    /// Who is denied is told so before anything else, so what the channel has against the order waits until then.
    func translate(
        _ done: @escaping @Sendable (@escaping @Sendable (ChannelTransaction) throws -> RegisteredOrder) -> Void
    ) {
        channel.translate(details, into: draft, occasion) { [draft, channel] result in
            done { transaction in
                do {
                    let translation = try result.get()
                    let capabilities = channel.descriptor.capabilities
                    guard translation.draft.ext != nil || capabilities.contains(.ownExternalIDs) else {
                        throw CommandError.missingArgument("ext")
                    }
                    return try transaction.register(translation)
                } catch {
                    try transaction.refuseDenied(draft)
                    throw error
                }
            }
        }
    }

    /// Whether a code is told that might be a guess.
    var namesCoupon: Bool { draft.coupon != nil }

    var hasConsent: Bool { !draft.consent.isEmpty }

    /// What to warn of in the details.
    var warnings: [String] { channel.descriptor.warnings(ofDetails: details.json) }

    /// Reads `lines=`; none where it is absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    static func lines(_ arguments: Arguments) throws -> [OrderLine] {
        guard let lines = arguments.json("lines") else { return [] }
        return try Details(arguments: [JSON.Member(name: "lines", value: lines)]).orderLines("lines")
    }

    private static func buyer(_ arguments: Arguments, _ shop: Shop) throws -> Buyer {
        guard let json = arguments.json("customer") else { return .anonymous }
        if let id = json.integerValue { return .customer(CustomerID(rawValue: id)) }
        return .described(try BuyerDescription(written: json, country: shop.country))
    }
}

/// Reads a state that is one of the common ones or one of the channel's own.
enum OrderStates {
    static func resolve(_ text: String, _ channel: any Channel) throws -> (state: OrderState, own: String?) {
        try channel.descriptor.resolve(state: text)
    }
}
