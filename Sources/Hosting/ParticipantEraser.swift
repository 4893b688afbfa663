internal import ChannelKit
public import Registry
public import Storage

/// Takes people out of other people's orders, wherever a channel says that the details name people.
public struct ParticipantEraser {
    private let transaction: WriteTransaction
    private let profile: TenantProfile
    private let occasion: Occasion

    /// So many orders are looked at at a time.
    private static let page = 100

    public init(_ transaction: WriteTransaction, _ profile: TenantProfile, _ occasion: Occasion) {
        self.transaction = transaction
        self.profile = profile
        self.occasion = occasion
    }

    /// Takes somebody out.
    ///
    /// - Parameters:
    ///   - email: Who, while nobody else has the address.
    ///   - time: Only what had come in by then; nil for all.
    /// - Throws: `StorageError`, or what a channel has against it.
    public func erase(_ email: EmailAddress, until time: Instant? = nil) throws {
        let reader = ParticipantReader(transaction.reading)
        var isNamed = time == nil
        var last = OrderID(rawValue: 0)
        while true {
            let orders = try reader.orders(with: email, after: last, limit: Self.page)
            for id in orders {
                let order = try OrderReader(transaction.reading).order(id)
                if let time, order.recordedAt > time { continue }
                isNamed = true
                guard let channel = profile.installedChannel(order.channel) else { continue }
                try ChannelTransaction(transaction, channel, occasion).erase(email, from: order)
            }
            guard let end = orders.last, orders.count == Self.page else { break }
            last = end
        }
        if isNamed { try OutboxWriter(transaction, occasion).forget(email) }
    }
}
