internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON
internal import Wire

enum OrderVerbs {
    static let all = [register, show, list, update, cancel, refund, move]

    private static let register = Verb(
        "order.register", "registers an order of a channel; the same order again changes nothing",
        roles: [.staff, .channel],
        [
            .required("channel", .text, "the channel: online-shop, booking, events, pos or manual"),
            .optional("ext", .text, "the channel's own id of the order"),
            .optional("customer", .buyer, "an id, or {email, name, phone, ext, address, …}; nobody where absent"),
            .optional("lines", .list, "[{sku, name, quantity, unit_price, tax_rate}]"),
            .optional("total", .amount, "what it comes to: the amount without lines, a check with them"),
            .optional("currency", .text, "the currency; the tenant's where absent"),
            .optional("placed_at", .time, "when it was placed; now where absent"),
            .optional("kind", .text, "order, or return for goods that come back"),
            .optional("state", .text, "a common state or one of the channel's own"),
            .optional("coupon", .text, "the code of a coupon to redeem"),
            .optional("hold", .integer, "the hold of a coupon to use up; the coupon need not be named then"),
            .optional("consent", .json, "{purpose, wording, granted} or a list of them; true for the newsletter"),
            .optional(
                "details", .object, "what the channel alone understands; help online-shop lists its own, and so on"),
            .optional("test", .flag, "a test, kept apart from real orders"),
        ],
        .prepared(isChanging: true) { invocation, prepared in
            let submission = try OrderSubmission(invocation)
            submission.translate { register in
                prepared(
                    .success(
                        .write { transaction in
                            try invocation.tenant.requireTables(of: submission.channel.descriptor.id)
                            let inside = ChannelTransaction(transaction, submission.channel, invocation.occasion)
                            var (registration, warnings): RegisteredOrder
                            do {
                                (registration, warnings) =
                                    submission.namesCoupon
                                    ? try invocation.guessing(transaction) { try register(inside) }
                                    : try register(inside)
                            } catch let reason as ChannelUnavailable where !invocation.isReplay {
                                let id = submission.channel.descriptor.id
                                return try invocation.park(ParkedInput.orderVerb, for: id, reason, transaction)
                            }
                            warnings += submission.warnings
                            if registration.match.customer == nil, submission.hasConsent {
                                warnings.append("the consent was not recorded: nobody is known who gave it")
                            }
                            return Reply(outcome: .ok(.registration(registration, warnings: warnings)))
                        }))
            }
        },
        whenDurable: { $0.ringForParked($0.arguments.required("channel")) })

    private static let reference: [Parameter] = [
        .optional("id", .integer, "the order"),
        .optional("channel", .text, "or its channel"),
        .optional("ext", .text, "and the channel's own id of it"),
    ]

    private static let show = Verb(
        "order.show", "shows all there is of an order", roles: [.staff, .reader, .channel], reference,
        .read { invocation in
            let reference = try OrderReference(invocation)
            return { transaction in
                Reply(outcome: .ok(try invocation.shape(of: try reference.find(transaction), transaction)))
            }
        })

    /// Which orders a list shows.
    static let filters: [Parameter] = [
        .optional("customer", .integer, "only this customer's"),
        .optional("channel", .text, "only this channel's"),
        .optional("state", .text, "only those in this common state"),
        .optional("from", .time, "placed at this time or later"),
        .optional("to", .time, "placed before this time; a day alone is included"),
    ]

    private static let list = Verb(
        "order.list", "lists orders, newest first, a page at a time", roles: [.staff, .reader, .channel],
        filters + [.limit, .after, .count],
        .read { invocation in
            let arguments = invocation.arguments
            let filter = try invocation.orderFilter()
            let cursor = try arguments.orderCursor()
            let limit = try arguments.limit()
            let isCounted = arguments.flag("count") ?? false
            return { transaction in
                let reader = OrderReader(transaction)
                let (orders, next) = try reader.orders(filter, after: cursor, limit: limit)
                return .page(
                    orders, row: { .order($0, lines: nil) },
                    next: { Cursor.text(.number(String($0.placedAt.seconds)), .number(String($0.id.rawValue))) },
                    end: next?.text,
                    count: isCounted ? try reader.count(filter) : nil)
            }
        })

    private static let update = Verb(
        "order.update", "changes an order's states and details", roles: [.staff, .channel],
        reference + [
            .optional("state", .text, "a common state or one of the channel's own"),
            .optional("channel_state", .text, "one of the channel's own states"),
            .optional("details", .object, "members to put into the details; null takes one out"),
            .optional("if_rev", .integer, "refuse if the order is no longer at this revision"),
        ],
        .prepared(isChanging: true) { invocation, prepared in
            let arguments = invocation.arguments
            try OrderChanges(invocation) { _ in
                .revise(
                    state: arguments.text("state"), channelState: arguments.text("channel_state"),
                    details: arguments.json("details")?.objectValue)
            }.prepare(prepared)
        })

    private static let cancel = Verb(
        "order.cancel", "cancels an order; totals and coupon follow", roles: [.staff, .channel], reference,
        .prepared(isChanging: true) { invocation, prepared in
            try OrderChanges(invocation) { order in
                order.state == .cancelled ? .nothing : .revise(state: OrderState.cancelled.rawValue)
            }.prepare(prepared)
        })

    private static let refund = Verb(
        "order.refund", "gives back what an order came to, or part of it; totals and coupon follow",
        roles: [.staff, .channel],
        reference + [
            .optional("amount", .amount, "how much; all that is left where absent"),
            .optional("if_rev", .integer, "refuse if the order is no longer at this revision"),
        ],
        .prepared(isChanging: true) { invocation, prepared in
            try OrderChanges(invocation) { order in
                let named = try invocation.money("amount", in: order.net.currency)
                let amount = named ?? order.net
                let held = Money(minor: order.paid.minor - order.givenBack.minor, currency: order.net.currency)
                // Where it is known what was paid, all of an order that was paid in part is no more than that.
                if named != nil, order.paid.minor > 0, held.minor > 0, amount.minor > held.minor {
                    throw OrderError.badRefund(left: held)
                }
                let isAll = amount == order.net && order.net.minor > 0
                return isAll ? .revise(state: OrderState.refunded.rawValue) : .refund(minor: amount.minor)
            }.prepare(prepared)
        })

    private static let move = Verb(
        "order.move", "gives an order to another customer; what it knows of its buyer stays", roles: [.staff],
        [
            .required("id", .integer, "the order"),
            .required("customer", .integer, "whose it is from now on"),
        ],
        .write { invocation in
            let id = OrderID(rawValue: invocation.arguments.integer("id") ?? 0)
            let customer = invocation.arguments.customer()
            return { transaction in
                let order = try OrderReader(transaction.reading).order(id)
                guard let channel = invocation.profile.installedChannel(order.channel) else {
                    throw HostError.noChannel(order.channel)
                }
                let moved = try ChannelTransaction(transaction, channel, invocation.occasion).move(order, to: customer)
                return Reply(outcome: .ok(try invocation.shape(of: moved, transaction.reading)))
            }
        })
}

extension TenantInvocation {
    /// Which orders the arguments ask for; a channel's are its own.
    func orderFilter() throws(CommandError) -> OrderFilter {
        var filter = OrderFilter()
        filter.customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
        filter.channel = arguments.text("channel") ?? caller.channel
        if let channel = filter.channel {
            try caller.mayUse(channel: channel)
            try require(channel: channel)
        }
        filter.state = try arguments.word("state", OrderState.self)
        filter.from = try instant("from")
        filter.to = try end("to")
        return filter
    }
}

extension Arguments {
    func orderCursor() throws(CommandError) -> OrderCursor? {
        guard let values = try Cursor.values(self, count: 2) else { return nil }
        guard let placedAt = values[0].integerValue, let id = values[1].integerValue else {
            throw .badValue("after", "give what the page before said under next")
        }
        return OrderCursor(placedAt: placedAt, id: id)
    }
}

extension OrderCursor {
    /// The place as opaque text for the client.
    var text: String { Cursor.text(.number(String(placedAt)), .number(String(id))) }
}
