public import StrictJSON

/// Who an order says is buying.
public enum Buyer: Sendable, Equatable {
    /// The channel names a customer of the registry.
    case customer(CustomerID)
    /// The channel describes somebody; kept apart from the order, which is passed from hand to hand.
    indirect case described(BuyerDescription)
    /// Nobody is named.
    case anonymous
}

/// A buyer as the channel describes one.
public struct BuyerDescription: Sendable, Equatable {
    public var fields: CustomerFields
    /// The channel's own id for this person.
    public var ext: String?
    /// What the order keeps as the buyer's contact data, a JSON object.
    public var snapshot: JSONFragment
    /// What makes two descriptions the same: the snapshot with the e-mail address in one spelling.
    public var content: JSONFragment

    public init(fields: CustomerFields, ext: String?, snapshot: JSONFragment, content: JSONFragment? = nil) {
        self.fields = fields
        self.ext = ext
        self.snapshot = snapshot
        self.content = content ?? snapshot
    }
}
