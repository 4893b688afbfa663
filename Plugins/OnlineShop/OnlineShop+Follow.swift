public import ChannelKit

extension OnlineShop {
    /// Keeps what was noted of an order in step with a change of it; an order of which nothing was noted has nothing
    /// but its details.
    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        guard let noted = try SaleReader(transaction.services).noted(of: order) else { return }
        var sale = noted
        try sale.follow(order, from: before, at: transaction.occasion.at)
        let details = try Details(storedWith: order)
        let projected = try sale.projected(on: details)
        try SaleWriter(transaction).save(sale, over: noted)

        var change = OrderChange()
        if projected.canonical.text != details.json.canonical.text {
            change.details = JSONFragment(of: projected.canonical)
        }
        if sale.paidMinor != order.paid.minor { change.paidMinor = sale.paidMinor }
        if sale.refundedMinor != order.givenBack.minor {
            change.givenBackMinor = sale.refundedMinor
            if !order.state.isClosed { change.writtenOffMinor = sale.writtenOffMinor }
        }
        let isStateTold = order.state != before.state || order.channelState != before.channelState
        let isOverruled = try sale.overrules(details, unlike: Details(storedWith: before))
        if !order.state.isClosed, isOverruled || !isStateTold && sale.channelState != noted.channelState {
            try put(sale.channelState, into: &change, of: order)
        }
        guard change != OrderChange() else { return }
        try transaction.update(order, change)
    }

    /// Puts an order into a state of the shop's, as far as it is not in it.
    func put(_ channelState: String, into change: inout OrderChange, of order: Order) throws {
        let common = try state(for: channelState)
        if common != order.state { change.state = common }
        if channelState != order.channelState { change.channelState = channelState }
    }
}
