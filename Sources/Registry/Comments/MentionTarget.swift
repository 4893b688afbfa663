/// What a mention leads to, whatever it is called at the time.
public enum MentionTarget: Sendable, Hashable {
    case staff(StaffID)
    case customer(CustomerID)
    /// A product by its channel and the channel's own word for it.
    case product(channel: String, sku: String)

    /// How a comment's source writes it; read again, it means the same.
    public var reference: String {
        switch self {
        case .staff(let id): "@staff:\(id.rawValue)"
        case .customer(let id): "@customer:\(id.rawValue)"
        case .product(let channel, let sku):
            sku.contains(where: \.isWhitespace) ? "@\(channel):\"\(sku)\"" : "@\(channel):\(sku)"
        }
    }

    /// The target as it was mentioned: a customer who has been removed is stored with a minus, lest somebody else get
    /// the id and the mention.
    var asWritten: MentionTarget {
        guard case .customer(let id) = self, id.rawValue < 0 else { return self }
        return .customer(CustomerID(rawValue: -id.rawValue))
    }

    /// The word for its kind on the socket.
    public var kind: String {
        switch self {
        case .staff: "staff"
        case .customer: "customer"
        case .product: "product"
        }
    }
}
