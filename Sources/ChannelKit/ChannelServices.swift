package import Storage

/// What the core does for a channel: bound to one tenant and one transaction, and never to be kept.
///
/// There is no way from here to SQL, to another tenant or to another channel's details.
public struct ChannelServices {
    private let transaction: ReadTransaction
    private let channel: String
    private let occasion: Occasion

    package init(_ transaction: ReadTransaction, channel: String, _ occasion: Occasion) {
        self.transaction = transaction
        self.channel = channel
        self.occasion = occasion
    }

    /// Who a buyer is; nil when nobody matches.
    public func customer(matching buyer: BuyerDescription) throws -> Customer? {
        let matcher = CustomerMatcher(transaction, occasion.shop.policies)
        return try matcher.match(buyer, channel: channel).customer.map(CustomerReader(transaction).customer)
    }

    /// Customers whose name starts as this one does, at most 10: possible duplicates.
    public func customers(named name: String) throws -> [Customer] {
        var query = CustomerQuery()
        query.search = name
        return try CustomerList(transaction, occasion.shop).page(query, after: nil, limit: 10).customers
    }

    /// A product as this channel sold it last, nil when it has not sold it.
    public func productSold(_ sku: String) throws -> Product? {
        try OrderReader(transaction).productSold(sku, channel: channel)
    }

    /// Whether a customer may not order.
    public func isDenied(_ customer: CustomerID) throws -> Bool {
        try CustomerReader(transaction).status(of: customer) == .denied
    }

    /// What a coupon would take off.
    ///
    /// - Throws: ``CouponError``, with the reason why it may not be used.
    public func discount(of code: String, for use: CouponUse) throws -> Money {
        let reader = CouponReader(transaction)
        var use = use
        use.askedAt = occasion.at
        return try reader.discount(of: try reader.coupon(code, at: occasion.at), for: use)
    }

    /// Where a customer stands for a purpose; nil when nobody ever asked.
    public func consent(of customer: CustomerID, for purpose: ConsentPurpose) throws -> ConsentStatus? {
        try ConsentReader(transaction).states(of: customer).first { $0.purpose == purpose }?.status
    }
}
