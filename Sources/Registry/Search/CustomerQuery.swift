/// Which customers a list shows, and in which order.
public struct CustomerQuery: Sendable, Equatable {
    /// What customers are sorted by.
    public enum Sort: String, Sendable, CaseIterable {
        case number
        case name
        /// Only customers who have an address.
        case email
        case joined
        case orders
        /// Net total in the tenant's currency.
        case total
        case lastOrder = "last_order"
    }

    /// Words that must all be found; the result then comes by the word found, whatever ``sort`` says.
    public var search: String?
    public var tag: String?
    public var channel: String?
    public var isSubscribed: Bool?
    /// Nil for everybody but the erased.
    public var status: CustomerStatus?
    public var sort = Sort.number
    public var isDescending = false

    public init() {}
}

/// Where a page of customers ended.
public struct CustomerCursor: Sendable, Equatable {
    /// The last row's key where the list is sorted by text.
    public var text: String
    /// The last row's key where the list is sorted by a number.
    public var number: Int64
    /// The last row's customer.
    public var id: Int64

    public init(text: String, number: Int64, id: Int64) {
        self.text = text
        self.number = number
        self.id = id
    }
}
