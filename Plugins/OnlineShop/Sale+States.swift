import ChannelKit

extension Sale {
    /// How the order stands with its money.
    var payment: Payment.State {
        if heldMinor >= dueMinor {
            if refundedMinor > 0 { return heldMinor == 0 ? .refunded : .partiallyRefunded }
            if paidMinor > 0 { return paymentMark == .partiallyRefunded ? .partiallyRefunded : .paid }
            return totalMinor == 0 && !isVoid ? .paid : .voided
        }
        if heldMinor > 0 { return .partiallyPaid }
        switch paymentMark {
        case .authorized?: return .authorized
        case .failed?: return .failed
        case .pending?, .partiallyPaid?, .paid?, .partiallyRefunded?, .refunded?, .voided?, nil: return .pending
        }
    }

    /// How the order stands with its goods.
    var fulfilment: Fulfilment.State {
        let (fulfilled, open, returned) = (sum(\.fulfilled), sum(\.open), sum(\.returned))
        if fulfilled == 0 {
            if isSaidPartial { return .partial }
            return isAllCancelled ? .cancelled : .unfulfilled
        }
        if open > 0 { return .partial }
        if returned == 0 { return .fulfilled }
        return returned == fulfilled ? .returned : .partiallyReturned
    }

    /// The shop's state of the order that follows from both.
    var channelState: String { OnlineShop.channelState(payment, fulfilment) }
}

extension OnlineShop {
    /// The state that payment and fulfilment come to together: an order is done when it is paid and fulfilled.
    static func channelState(_ payment: Payment.State, _ fulfilment: Fulfilment.State) -> String {
        if payment == .refunded { return "refunded" }
        // Nothing was paid, nothing is due and nothing left.
        if payment == .voided, !fulfilment.isDone { return "cancelled" }
        if fulfilment.isDone { return payment.isSettled ? "fulfilled" : "shipped" }
        if payment.isSettled { return "paid" }
        return payment == .failed ? "failed" : "pending"
    }
}
