/// What details tell of money where a channel has no other word of it: `paid`, what came in so far.
extension OrderDraft {
    /// Notes what was paid: what the details tell, else all of an order that is over.
    ///
    /// - Throws: ``ChannelRefusal``.
    public mutating func notePayment(_ details: Details, isOver: Bool) throws {
        if let minor = try details.minorUnits("paid", in: currency) {
            (paidMinor, isPaidInFull) = (kind.signed(minor), false)
        } else if isOver {
            isPaidInFull = true
        }
    }
}

extension OrderChange {
    /// Notes what is paid by now: what the details tell, else all of an order that is over.
    ///
    /// - Throws: ``ChannelRefusal``.
    public mutating func notePayment(_ details: Details, of order: Order, isOver: Bool) throws {
        if let minor = try details.minorUnits("paid", in: order.amounts.total.currency) {
            paidMinor = order.kind.signed(minor)
        } else if isOver {
            isPaidInFull = true
        }
    }
}
