public import StrictJSON

/// A purchase or a return, as some channel registered it.
public struct Order: Sendable, Equatable {
    public let id: OrderID
    public let channel: String
    /// The channel's own id; unique in the channel.
    public let ext: String
    /// Whose order it is and how that was found out.
    public let match: Match
    public let kind: OrderKind
    public let state: OrderState
    public let channelState: String?
    public let placedAt: Instant
    public let recordedAt: Instant
    public let amounts: OrderAmounts
    public let paid: Money
    /// By how much it came to less: money that went back, and goods called off before they were paid.
    public let refunded: Money
    /// The money that went back; where the channel does not tell it apart, ``refunded``.
    public let givenBack: Money
    /// The coupon's code as it was redeemed.
    public let coupon: String?
    /// The buyer's contact data as given with the order, a JSON object; never changes.
    public let buyer: JSONFragment
    /// What the channel alone understands, a JSON object.
    public let details: JSONFragment
    public let isTest: Bool
    /// The timeline entry of its registration.
    public let registeredSeq: Int64
    /// Grows by 1 with each change.
    public let rev: Int64

    /// What the order adds to its customer's net total.
    public var net: Money {
        Money(minor: state.isCounted ? amounts.total.minor - refunded.minor : 0, currency: amounts.total.currency)
    }
}

/// What an order comes to.
public struct OrderAmounts: Sendable, Equatable {
    /// Before the discount.
    public var subtotal: Money
    public var discount: Money
    /// The tax contained in the total.
    public var tax: Money
    /// What is to be paid; negative for a return.
    public var total: Money
}

/// A purchase, or goods coming back.
public enum OrderKind: String, Sendable, CaseIterable {
    case order
    case `return`
}

/// The states all channels share.
public enum OrderState: String, Sendable, CaseIterable {
    case open
    case confirmed
    case completed
    case cancelled
    case refunded
    case expired

    /// Whether nothing can come after it.
    public var isClosed: Bool {
        switch self {
        case .open, .confirmed, .completed: false
        case .cancelled, .refunded, .expired: true
        }
    }

    /// Whether an order in this state counts in its customer's totals.
    var isCounted: Bool {
        switch self {
        case .open, .confirmed, .completed, .refunded: true
        case .cancelled, .expired: false
        }
    }
}

/// One position of an order.
public struct OrderLine: Sendable, Equatable {
    public var sku: String?
    public var name: String?
    public var quantity: Quantity
    public var unitPrice: UnitPrice
    /// Contained in the unit price.
    public var taxRate: Percentage?

    public init(sku: String?, name: String?, quantity: Quantity, unitPrice: UnitPrice, taxRate: Percentage?) {
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.taxRate = taxRate
    }
}
