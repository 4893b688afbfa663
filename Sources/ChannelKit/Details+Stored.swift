extension Details {
    /// The payload that is stored with an order.
    ///
    /// - Throws: `JSONError` for text that no writer made.
    public init(storedWith order: Order) throws {
        try self.init(JSON(parsing: order.details.bytes))
    }
}
