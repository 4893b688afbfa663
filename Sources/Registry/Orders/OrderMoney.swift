/// What came in for an order, what of it went back, and by how much the order comes to less.
struct OrderMoney {
    let paidMinor: Int64
    /// Nil where nobody tells it apart from ``lessMinor``.
    let givenBackMinor: Int64?
    let lessMinor: Int64

    /// How an order begins that comes to `total`.
    init(of draft: OrderDraft, total: Int64) {
        let paid = draft.isPaidInFull ? total : draft.paidMinor
        let told = draft.isGivenBackInFull ? paid : draft.givenBackMinor
        let back = draft.kind == .order ? told.map { max(0, min($0, paid)) } : nil
        paidMinor = paid
        givenBackMinor = back
        switch draft.state {
        case .open, .confirmed, .completed: lessMinor = Self.less(givingBack: back ?? 0, of: paid, due: total)
        case .refunded: lessMinor = total
        case .cancelled, .expired: lessMinor = 0
        }
    }

    /// How an order goes on, in this state.
    init(of order: Order, _ change: OrderChange, in state: OrderState) {
        let total = order.amounts.total.minor
        paidMinor = change.isPaidInFull ? total : change.paidMinor ?? order.paid.minor
        givenBackMinor = change.givenBackMinor
        if state == .refunded {
            lessMinor = total
        } else if let writtenOff = change.writtenOffMinor {
            lessMinor = writtenOff
        } else {
            let before = order.givenBack.minor
            let back = (change.givenBackMinor ?? before) - before
            lessMinor =
                order.refunded.minor + Self.less(givingBack: back, of: paidMinor - before, due: order.net.minor)
        }
    }

    /// What was paid beyond what is due goes back without making the order less.
    private static func less(givingBack back: Int64, of held: Int64, due: Int64) -> Int64 {
        guard back > 0, due > 0 else { return 0 }
        return min(due, max(0, back - max(0, held - due)))
    }
}
