/// A thing a channel sells, by what is known of it.
public struct Product: Sendable, Equatable {
    /// The channel's own word for it, unique in the channel.
    public let sku: String
    public let name: String
    /// What one unit cost when it was sold last; nil when the channel does not say.
    public let unitPrice: UnitPrice?
    public let currency: Currency?

    public init(sku: String, name: String, unitPrice: UnitPrice?, currency: Currency?) {
        self.sku = sku
        self.name = name
        self.unitPrice = unitPrice
        self.currency = currency
    }
}
