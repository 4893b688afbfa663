extension ChannelTransaction {
    /// Notes whom an order's details name; `former` are the details before, nil for a new order.
    func noteParticipants(of order: OrderID, _ details: JSONFragment, instead former: JSONFragment? = nil) throws {
        let descriptor = channel.descriptor
        guard !descriptor.participantDetails.isEmpty, details != former else { return }
        let people = descriptor.participants(in: try JSON(parsing: details.bytes))
        guard !people.isEmpty || former != nil else { return }
        try ParticipantWriter(transaction).set(Set(people.map(\.email.key)), of: order)
    }

    /// Takes somebody who is not its buyer out of an order.
    package func erase(_ email: EmailAddress, from order: Order) throws {
        let details = try JSON(parsing: order.details.bytes)
        let left = channel.descriptor.details(details, without: email)
        guard left != details else { return }
        var change = OrderChange()
        change.details = JSONFragment(of: left.canonical)
        try update(order, change)
    }
}
