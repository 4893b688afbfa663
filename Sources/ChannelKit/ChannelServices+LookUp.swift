internal import Storage

extension ChannelServices {
    /// The customers with an e-mail address, in any spelling.
    public func customers(email: EmailAddress) throws -> [Customer] {
        let reader = CustomerReader(transaction)
        return try reader.customers(email: email).map(reader.customer)
    }

    /// The customers with a telephone number, given in E.164, at most 20.
    public func customers(phoneKey: String) throws -> [Customer] {
        let reader = CustomerReader(transaction)
        return try reader.customers(phoneKey: phoneKey).map(reader.customer)
    }

    /// The customer with a number, nil when there is none.
    public func customer(number: Int64) throws -> Customer? {
        let reader = CustomerReader(transaction)
        return try reader.customer(number: number).map(reader.customer)
    }

    /// The coupons that are for one customer alone and may be used on the channel now, at most 20.
    public func coupons(for customer: CustomerID) throws -> [CouponTerms] {
        var filter = CouponFilter()
        filter.customer = customer
        let now = occasion.at
        let coupons = try CouponReader(transaction).coupons(filter, after: nil, limit: 100, at: now)
        return coupons.filter { coupon in
            let terms = coupon.terms
            return (terms.startsAt ?? now) <= now && terms.endsAt.map { now < $0 } ?? true
                && terms.limit.map { coupon.used + coupon.held < $0 } ?? true
                && (terms.channels.isEmpty || terms.channels.contains(channel))
        }.prefix(20).map(\.terms)
    }

    /// Those of an order's positions on which its discount counted, counted from 0; none where there was no discount.
    public func discountedPositions(of order: Order) throws -> Set<Int> {
        let lines = try lines(of: order)
        guard order.amounts.discount.minor != 0 else { return [] }
        guard let code = order.coupon,
            let counted = try CouponReader(transaction).coupon(code).terms.lines(among: lines)
        else { return Set(lines.indices) }
        return Set(lines.indices.filter { counted.contains(lines[$0]) })
    }

    /// A code of eight letters and digits that can be read aloud and not be guessed.
    public func sayableCode() -> String {
        var generator = SystemRandomNumberGenerator()
        return SpokenCode.random(prefix: "", length: 8, using: &generator)
    }
}
