internal import Storage
internal import StrictJSON

/// Appends to the timeline in the transaction of the change it tells of.
struct TimelineWriter {
    let transaction: WriteTransaction
    let occasion: Occasion

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
        try transaction.insert(
            "INSERT INTO timeline (at, topic, actor, customer_id, order_id, data) VALUES (?, ?, ?, ?, ?, ?)",
            .integer(occasion.at.seconds), .text(topic.rawValue), .text(occasion.actor.description),
            .integer(orNull: customer?.rawValue), .integer(orNull: order?.rawValue),
            .text(JSONWriter.object(data).text))
    }
}
