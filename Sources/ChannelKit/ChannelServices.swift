public import Storage

/// What the core does for a channel: bound to one tenant and one transaction, and never to be kept.
///
/// There is no way from here to SQL, to another tenant or to another channel's details.
public struct ChannelServices {
    let transaction: ReadTransaction
    let channel: String
    /// The channel's id.
    package var id: String { channel }
    public let occasion: Occasion

    package init(_ transaction: ReadTransaction, channel: String, _ occasion: Occasion) {
        self.transaction = transaction
        self.channel = channel
        self.occasion = occasion
    }

    /// Turns each row of the channel's own tables that a query finds into an element.
    ///
    /// - Throws: `StorageError`, also where the query names another table.
    public func all<Element>(
        _ sql: StaticString, _ values: Value..., element: (Row) throws -> Element
    ) throws -> [Element] {
        try transaction.confined(to: TablePrefix(of: channel)).all(sql, values, element: element)
    }

    /// The first row of the channel's own tables that a query finds, nil when there is none.
    ///
    /// - Throws: `StorageError`, also where the query names another table.
    public func first<Element>(
        _ sql: StaticString, _ values: Value..., element: (Row) throws -> Element
    ) throws -> Element? {
        try transaction.confined(to: TablePrefix(of: channel)).first(sql, values, element: element)
    }

    /// Hands over the rows that a query from outside finds in the channel's own tables, until `body` says false.
    package func rows(text sql: String, _ values: [Value], _ body: (Row) throws -> Bool) throws {
        try transaction.confined(to: TablePrefix(of: channel)).rows(text: sql, values, body)
    }

    /// One of the channel's orders.
    ///
    /// - Throws: ``OrderError/notFound``, also for another channel's.
    public func order(_ id: OrderID) throws -> Order {
        let order = try OrderReader(transaction).order(id)
        guard order.channel == channel else { throw OrderError.notFound }
        return order
    }

    /// The order the channel registered under its own id, nil when there is none.
    public func order(ext: String) throws -> Order? {
        try OrderReader(transaction).order(channel: channel, ext: ext).map(order)
    }

    /// The channel's orders, newest first, without buyer and details.
    ///
    /// - Returns: At most `limit` orders, and where to go on; nil at the end. A page may hold fewer and still go on.
    public func orders(
        from: Instant? = nil, after cursor: OrderCursor?, limit: Int
    ) throws -> (orders: [Order], next: OrderCursor?) {
        var filter = OrderFilter()
        filter.channel = channel
        filter.from = from
        return try OrderReader(transaction).orders(filter, after: cursor, limit: limit)
    }

    /// The positions of one of the channel's orders.
    public func lines(of order: Order) throws -> [OrderLine] {
        guard order.channel == channel else { throw OrderError.notFound }
        return try OrderReader(transaction).lines(of: order.id)
    }

    /// A customer by id.
    ///
    /// - Throws: ``CustomerError/notFound``.
    public func customer(_ id: CustomerID) throws -> Customer {
        try CustomerReader(transaction).customer(id)
    }

    /// Who a buyer is; nil when nobody matches.
    public func customer(matching buyer: BuyerDescription) throws -> Customer? {
        let matcher = CustomerMatcher(transaction, occasion.shop)
        return try matcher.match(buyer, channel: channel).customer.map(CustomerReader(transaction).customer)
    }

    /// The customer with an e-mail address; nil where nobody has it, or several people share it.
    public func customer(email: EmailAddress) throws -> Customer? {
        let found = try CustomerReader(transaction).customers(email: email)
        return found.count == 1 ? try CustomerReader(transaction).customer(found[0]) : nil
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
