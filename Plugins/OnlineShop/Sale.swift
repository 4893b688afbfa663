import ChannelKit

/// All that has become of an order: goods and money, each derived from what was noted of it.
///
/// Until the first shipment, payment or the like is noted, it follows from what the order's details told.
struct Sale: Equatable {
    let order: OrderID
    let currency: Currency
    /// What the order came to, in minor units.
    let totalMinor: Int64
    /// What of it is for sending the goods.
    let shippingMinor: Int64
    /// Whether nothing is due any more since the order was cancelled.
    var isVoid: Bool
    var lines: [SaleLine]
    /// What no payment tells: authorized, failed, or refunded in part by an amount nobody told.
    var paymentMark: Payment.State?
    /// Whether somebody told that part of it is fulfilled, and not which.
    var isSaidPartial = false
    /// By how much the order has become less: goods that were cancelled, money that went back.
    var writtenOffMinor: Int64 = 0
    var shippingRefundedMinor: Int64 = 0
    var payments: [PaymentRecord] = []
    var refunds: [RefundRecord] = []
    var shipments: [Shipment] = []
    var returns: [GoodsReturn] = []

    /// All that came in, in minor units.
    var paidMinor: Int64 { payments.reduce(0) { $1.isVoid ? $0 : $0 + $1.amountMinor } }

    /// All that went back.
    var refundedMinor: Int64 { refunds.reduce(0) { $0 + $1.amountMinor } }

    /// What is there of the money.
    var heldMinor: Int64 { paidMinor - refundedMinor }

    /// What the order comes to by now.
    var dueMinor: Int64 { isVoid ? 0 : totalMinor - writtenOffMinor }

    /// What is still to be paid; 0 when too much is there.
    var openMinor: Int64 { max(0, dueMinor - heldMinor) }

    var shippingLeftMinor: Int64 { shippingMinor - shippingRefundedMinor }

    /// How much of all lines together.
    func sum(_ quantity: KeyPath<SaleLine, Int64>) -> Int128 {
        lines.reduce(0) { $0 + Int128($1[keyPath: quantity]) }
    }

    /// Whether no goods left and none will.
    var isAllCancelled: Bool {
        !isSaidPartial && sum(\.fulfilled) == 0 && sum(\.open) == 0 && sum(\.cancelled) > 0
    }

    /// Puts quantities to one of the lines' counts.
    mutating func add(_ parts: [SalePart], to count: WritableKeyPath<SaleLine, Int64>) {
        for part in parts {
            guard let index = lines.firstIndex(where: { $0.number == part.line }) else { continue }
            lines[index][keyPath: count] += part.quantity
        }
    }

    /// All of one of the lines' counts as parts.
    func parts(_ quantity: KeyPath<SaleLine, Int64>) -> [SalePart] {
        lines.compactMap { line in
            let quantity = line[keyPath: quantity]
            return quantity > 0 ? SalePart(line: line.number, quantity: quantity) : nil
        }
    }

    /// Gives up all that is still to be fulfilled.
    mutating func cancelOpen() {
        add(parts(\.open), to: \.cancelled)
    }

    /// What parts come to if they are added to one of the lines' counts.
    func value(of parts: [SalePart], beyond count: KeyPath<SaleLine, Int64>) -> Int64 {
        parts.reduce(0) { sum, part in
            guard let line = lines.first(where: { $0.number == part.line }) else { return sum }
            let before = line[keyPath: count]
            return sum + line.value(ofFirst: before + part.quantity) - line.value(ofFirst: before)
        }
    }

    func money(_ minor: Int64) -> Money { Money(minor: minor, currency: currency) }
}
