public import ChannelKit

/// Sales of a web shop, where payment and fulfilment go their own ways.
///
/// What is noted by the shop's own verbs is kept in its tables, and the details repeat it for whoever reads the order.
/// Until something is noted of an order, its details are all there is; what they are told later is noted as well.
///
/// Details, all optional: `payment {state, method, amount, refunded}`, `fulfilment {state, tracking [{carrier,
/// number}]}`, `shipping {method, amount, tax_rate, address}`, `shipping_address` and `billing_address` (an id of the
/// customer's address book, or an object), `guest`, `session`, `vat_id`.
public struct OnlineShop: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "online-shop", version: "1.0.0", title: "Online shop", capabilities: [.payments],
        states: [
            .init("pending", .open),
            .init("paid", .confirmed),
            .init("fulfilled", .completed),
            .init("cancelled", .cancelled),
            .init("refunded", .refunded),
            // A failed payment is often tried again under the same number, and a cancelled order is closed for good:
            // the shop says "cancelled" when it gives up.
            .init("failed", .open),
            // All goods are on their way, and the money is not all there.
            .init("shipped", .confirmed),
        ],
        settings: [
            ChannelSetting(
                "instant_delivery", .flag, standard: "false",
                summary: "A paid order counts as fulfilled unless its fulfilment says otherwise.")
        ],
        details: details,
        personalDetails: [
            DetailPath("shipping", "address"), DetailPath("shipping_address"), DetailPath("billing_address"),
            DetailPath("vat_id"), DetailPath("session"),
            DetailPath("fulfilment", "tracking", "number"),
        ],
        lastingDetails: [
            DetailPath("payment", "state"), DetailPath("payment", "amount"), DetailPath("payment", "refunded"),
            DetailPath("fulfilment", "state"), DetailPath("fulfilment", "tracking", "shipment"),
            DetailPath("fulfilment", "tracking", "shipped_at"), DetailPath("fulfilment", "tracking", "delivered_at"),
            DetailPath("fulfilment", "returns", "return"), DetailPath("fulfilment", "returns", "state"),
            DetailPath("fulfilment", "returns", "requested_at"), DetailPath("fulfilment", "returns", "received_at"),
            DetailPath("shipping", "amount"), DetailPath("shipping", "tax_rate"), DetailPath("guest"),
        ], migrations: OnlineShopSchema.migrations,
        tables: OnlineShopSchema.tables)

    let deliversInstantly: Bool

    public init(settings: ChannelSettings) {
        deliversInstantly = settings.isOn("instant_delivery")
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        let payment = try Payment(details.object("payment"), in: draft.currency)
        let fulfilment = try Fulfilment(details.object("fulfilment"))
        let shipping = try Shipping(details.object("shipping"), in: draft.currency)
        try checkBuyer(details)
        draft.addresses += try addresses(details)

        try charge(shipping, to: &draft)
        if let paid = payment.receivedMinor {
            draft.paidMinor = draft.kind.signed(paid)
        } else if payment.isReceived || payment.state == nil && draft.tellsOfPayment {
            draft.isPaidInFull = true
        }
        if draft.kind == .order {
            draft.isGivenBackInFull = payment.state == .refunded || draft.state == .refunded
            draft.givenBackMinor = payment.refundedMinor
        }
        // A shop that tells nothing of the money leaves it out of account.
        try begin(&draft, in: channelState(payment, fulfilment, isPaid: true) ?? "pending")
    }

    public func revise(
        _ details: Details, _ change: inout OrderChange, of order: Order, _ occasion: Occasion
    ) throws {
        let currency = order.amounts.total.currency
        let payment = try Payment(details.object("payment"), in: currency)
        let fulfilment = try Fulfilment(details.object("fulfilment"))
        try checkShipping(details, of: order)
        try checkBuyer(details)
        try checkAddresses(details, of: order)
        try checkGoods(fulfilment, change, of: order)

        if let paid = payment.receivedMinor {
            change.paidMinor = order.kind.signed(paid)
        } else if payment.isReceived || payment.state == nil && change.channelState == "paid" {
            change.isPaidInFull = true
        }
        change.givenBackMinor = try givenBackMinor(payment, change, of: order)
        let isPaid = order.paid.minor >= order.net.minor
        guard change.state == nil, change.channelState == nil,
            let derived = channelState(payment, fulfilment, isPaid: isPaid),
            derived != formerChannelState(of: order, isPaid: isPaid) ?? "pending"
        else { return }
        let common = try state(for: derived)
        // Money that goes back is what follows a cancellation; the order stays cancelled.
        if order.state == .cancelled, common == .refunded { return }
        if common != order.state { change.state = common }
        if derived != order.channelState { change.channelState = derived }
    }

    /// The state that the stored details come to: what they said already is not said again by a change.
    private func formerChannelState(of order: Order, isPaid: Bool) -> String? {
        // Stored details that can no longer be read say nothing.
        guard let details = try? Details(storedWith: order),
            let payment = try? Payment(details.object("payment"), in: order.amounts.total.currency),
            let fulfilment = try? Fulfilment(details.object("fulfilment"))
        else { return nil }
        return channelState(payment, fulfilment, isPaid: isPaid)
    }

    /// The state that what is told of payment and fulfilment comes to; nil when neither is told.
    private func channelState(_ payment: Payment, _ fulfilment: Fulfilment, isPaid: Bool) -> String? {
        switch (payment.state, fulfilment.state) {
        case (nil, nil): nil
        case (.paid?, nil): deliversInstantly ? "fulfilled" : "paid"
        case (let payment?, nil): Self.channelState(payment, .unfulfilled)
        case (nil, let fulfilment?):
            fulfilment.isDone ? Self.channelState(isPaid ? .paid : .pending, fulfilment) : "pending"
        case (let payment?, let fulfilment?): Self.channelState(payment, fulfilment)
        }
    }

    private func charge(_ shipping: Shipping, to draft: inout OrderDraft) throws {
        let (charges, isBeyond) = draft.chargesMinor.addingReportingOverflow(
            draft.kind.signed(shipping.amountMinor ?? 0))
        guard !isBeyond else { throw ChannelRefusal.badDetail("shipping.amount", "number out of range") }
        draft.chargesMinor = charges
        draft.chargesTaxMinor = draft.kind.signed(try shipping.taxMinor())
    }

    func addresses(_ details: Details) throws -> [OrderAddress] {
        let shipping = try details.address("shipping_address", as: .shipping)
        return [
            try shipping ?? details.object("shipping")?.address("address", as: .shipping),
            try details.address("billing_address", as: .billing),
        ].compactMap(\.self)
    }

    private func checkBuyer(_ details: Details) throws {
        _ = try details.flag("guest")
        _ = try details.text("session")
        _ = try details.text("vat_id")
    }
}

extension OrderDraft {
    /// Whether the state that the caller chose says that the money is there, or was.
    fileprivate var tellsOfPayment: Bool {
        guard isStateGiven else { return false }
        return channelState == "paid" || state == .completed || state == .refunded
    }
}
