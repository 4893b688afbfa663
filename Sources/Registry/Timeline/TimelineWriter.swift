package import Storage
package import StrictJSON

/// Appends to the timeline in the transaction of the change it tells of.
package struct TimelineWriter {
    let transaction: WriteTransaction
    let occasion: Occasion

    package init(transaction: WriteTransaction, occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// The number the next entry gets.
    func nextSeq() throws -> Int64 {
        try TimelineReader(transaction.reading).lastSeq() + 1
    }

    /// - Returns: The entry's number.
    @discardableResult
    func append(
        _ topic: Topic, customer: CustomerID? = nil, order: OrderID? = nil,
        data: (inout JSONWriter) -> Void = { _ in }
    ) throws -> Int64 {
        try append(named: topic.rawValue, customer, order, data)
    }

    /// Appends an event of a channel's own, called "<channel>.<event>".
    package func append(
        _ event: String, of channel: String, customer: CustomerID?, order: OrderID?, data: (inout JSONWriter) -> Void
    ) throws {
        _ = try append(named: "\(channel).\(event)", customer, order, data)
    }

    private func append(
        named topic: String, _ customer: CustomerID?, _ order: OrderID?, _ data: (inout JSONWriter) -> Void
    ) throws -> Int64 {
        try transaction.insert(
            "INSERT INTO timeline (at, topic, actor, customer_id, order_id, data) VALUES (?, ?, ?, ?, ?, ?)",
            .integer(occasion.at.seconds), .text(topic), .text(occasion.actor.description),
            .integer(orNull: customer?.rawValue), .integer(orNull: order?.rawValue),
            .text(JSONWriter.object(data).text))
    }
}
