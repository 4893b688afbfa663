/// An address as an order gives it.
public struct OrderAddress: Sendable, Equatable {
    /// What the order means by it; the raw value names it in the order's snapshot of its buyer.
    public enum Use: String, Sendable, CaseIterable {
        case contact = "address"
        case shipping = "shipping_address"
        case billing = "billing_address"
    }

    /// What the order says.
    public enum Place: Sendable, Equatable {
        /// One of the customer's book; the order gets a copy.
        case book(AddressID)
        /// A written one; the book gets it, if it is complete and new.
        case written(AddressFields)
    }

    public var use: Use
    public var place: Place

    public init(_ use: Use, _ place: Place) {
        self.use = use
        self.place = place
    }
}
