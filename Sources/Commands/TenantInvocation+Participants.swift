internal import ChannelKit
internal import Hosting
internal import Registry
internal import Storage
internal import StrictJSON

/// People whom other people's orders name.
extension TenantInvocation {
    /// So many orders are looked at at a time.
    private static let page = 100

    /// The addresses of a customer and of who was merged into it, unless somebody else has the address too.
    func emails(of id: CustomerID, _ transaction: ReadTransaction) throws -> [EmailAddress] {
        let reader = CustomerReader(transaction)
        let records = [id] + (try reader.mergedInto(id))
        let emails = try records.compactMap { try reader.record($0).fields.email }
        return try emails.filter { try reader.customers(email: $0).allSatisfy(records.contains) }
    }

    /// Takes somebody out of other people's orders, wherever a channel says that the details name people.
    func eraseParticipant(_ email: EmailAddress, _ transaction: WriteTransaction) throws {
        try OutboxWriter(transaction, occasion).forget(email)
        let reader = ParticipantReader(transaction.reading)
        var last = OrderID(rawValue: 0)
        while true {
            let orders = try reader.orders(with: email, after: last, limit: Self.page)
            for id in orders {
                let order = try OrderReader(transaction.reading).order(id)
                guard let channel = profile.installedChannel(order.channel) else { continue }
                try ChannelTransaction(transaction, channel, occasion).erase(email, from: order)
            }
            guard let end = orders.last, orders.count == Self.page else { return }
            last = end
        }
    }

    /// An order somebody takes part in, without what is its buyer's: what it says of the one, and where it came in.
    func participation(of email: EmailAddress, in order: Order) throws -> JSONFragment? {
        guard let channel = profile.installedChannel(order.channel) else { return nil }
        let people = channel.descriptor.participants(in: try JSON(parsing: order.details.bytes))
            .filter { $0.email.key == email.key }.map(\.person)
        guard !people.isEmpty else { return nil }
        return JSONWriter.object { writer in
            writer.member("channel", order.channel)
            writer.member("order", order.id.rawValue)
            writer.member("placed_at", order.placedAt.text)
            writer.member("state", order.channelState ?? order.state.rawValue)
            writer.member("as", JSON.array(people))
        }
    }
}
