public import ChannelKit

/// Sales of a web shop, where payment and fulfilment go their own ways.
///
/// Details, all optional: `payment {state, method, amount}`, `fulfilment {state, tracking [{carrier, number}]}`,
/// `shipping {method, amount, address}`, `guest`, `session`, `vat_id`.
public struct OnlineShop: ChannelPlugin {
    public static let descriptor = ChannelDescriptor(
        id: "online-shop", version: "1.0.0", title: "Online shop",
        states: [
            .init("pending", .open),
            .init("paid", .confirmed),
            .init("fulfilled", .completed),
            .init("cancelled", .cancelled),
            .init("refunded", .refunded),
            // A failed payment is often tried again under the same number, and a cancelled order is closed for good:
            // the shop says "cancelled" when it gives up.
            .init("failed", .open),
        ],
        settings: [
            ChannelSetting(
                "instant_delivery", .flag, standard: "false",
                summary: "A paid order counts as fulfilled unless its fulfilment says otherwise.")
        ],
        personalDetails: [
            DetailPath("shipping", "address"), DetailPath("vat_id"), DetailPath("session"),
            DetailPath("fulfilment", "tracking", "number"),
        ])

    private let deliversInstantly: Bool

    public init(settings: ChannelSettings) {
        deliversInstantly = settings.isOn("instant_delivery")
    }

    public func translate(_ details: Details, into draft: inout OrderDraft, _ occasion: Occasion) throws {
        let payment = try Payment(details.object("payment"), in: draft.currency)
        let fulfilment = try Fulfilment(details.object("fulfilment"))
        let shipping = try Shipping(details.object("shipping"), in: draft.currency)
        try checkBuyer(details)

        try charge(shipping, to: &draft)
        if let paid = payment.receivedMinor {
            draft.paidMinor = draft.kind == .return ? -paid : paid
        } else if payment.isReceived || payment.state == nil && draft.channelState == "paid" {
            draft.isPaidInFull = true
        }
        guard draft.state == .open, draft.channelState == nil else { return }
        let derived = channelState(payment, fulfilment) ?? "pending"
        draft.state = try state(for: derived)
        draft.channelState = derived
    }

    public func revise(_ details: Details, _ change: inout OrderChange, _ occasion: Occasion) throws {
        let payment = try Payment(details.object("payment"), in: occasion.shop.currency)
        let fulfilment = try Fulfilment(details.object("fulfilment"))
        _ = try Shipping(details.object("shipping"), in: occasion.shop.currency)
        try checkBuyer(details)

        if let paid = payment.receivedMinor { change.paidMinor = change.paidMinor ?? paid }
        guard change.state == nil, change.channelState == nil, let derived = channelState(payment, fulfilment) else {
            return
        }
        change.state = try state(for: derived)
        change.channelState = derived
    }

    /// The state that payment and fulfilment come to together; nil when neither says anything.
    ///
    /// Goods that are on their way or back do not depend on the money: that is told by what has been paid.
    private func channelState(_ payment: Payment, _ fulfilment: Fulfilment) -> String? {
        switch (payment.state, fulfilment.state) {
        case (nil, nil): nil
        case (.refunded, _): "refunded"
        case (_, .fulfilled), (_, .returned): "fulfilled"
        case (.paid, nil): deliversInstantly ? "fulfilled" : "paid"
        case (.paid, _), (.partiallyRefunded, _): "paid"
        case (.failed, _): "failed"
        case (.pending, _), (.authorized, _), (nil, _): "pending"
        }
    }

    private func charge(_ shipping: Shipping, to draft: inout OrderDraft) throws {
        let minor = draft.kind == .return ? -shipping.amountMinor : shipping.amountMinor
        let (charges, isBeyond) = draft.chargesMinor.addingReportingOverflow(minor)
        guard !isBeyond else { throw ChannelRefusal.badDetail("shipping.amount", "number out of range") }
        draft.chargesMinor = charges
    }

    private func checkBuyer(_ details: Details) throws {
        _ = try details.flag("guest")
        _ = try details.text("session")
        _ = try details.text("vat_id")
    }
}
