public import Storage
internal import StrictJSON

/// Makes coupons, redeems them for orders and takes redemptions back.
public struct CouponWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let timeline: TimelineWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
    }

    /// Makes a coupon.
    ///
    /// - Throws: ``CouponError/codeTaken(code:)``, ``CustomerError/notFound``.
    public func create(_ terms: CouponTerms) throws {
        let key = CouponTerms.key(of: terms.code)
        guard !key.isEmpty else { throw CouponError.blankCode }
        if let customer = terms.customer { _ = try CustomerReader(transaction.reading).status(of: customer) }
        var percent: Int64?
        var amount: Int64?
        var sku: String?
        switch terms.benefit {
        case .percent(let percentage): percent = percentage.millionths
        case .amount(let money): amount = money.minor
        case .item(let item): sku = item
        }
        do {
            try transaction.execute(
                """
                INSERT INTO coupon (code, code_key, percent_millionths, amount_minor, item_sku, currency,
                    minimum_minor, starts_at, ends_at, use_limit, customer_limit, budget_minor, channels, customer_id,
                    first_order, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                .text(terms.code), .text(key), .integer(orNull: percent), .integer(orNull: amount),
                .text(orNull: sku), .text(terms.currency.code), .integer(orNull: terms.minimum?.minor),
                .integer(orNull: terms.startsAt?.seconds), .integer(orNull: terms.endsAt?.seconds),
                .integer(orNull: terms.limit), .integer(orNull: terms.perCustomer),
                .integer(orNull: terms.budget?.minor), .text(terms.channels.joined(separator: " ")),
                .integer(orNull: terms.customer?.rawValue), .flag(terms.isFirstOrderOnly),
                .integer(occasion.at.seconds))
        } catch let error as StorageError where error.isUniqueViolation {
            throw CouponError.codeTaken(code: terms.code)
        }
        try timeline.append(.couponCreated, customer: terms.customer) { $0.member("code", terms.code) }
    }

    /// Binds a coupon to one customer; nobody else can use it from then on.
    ///
    /// - Throws: ``CouponError/notFound``, ``CouponError/alreadyUsed(code:)``, ``CustomerError/notFound``.
    public func assign(_ code: String, to customer: CustomerID) throws {
        let coupon = try CouponReader(transaction.reading).coupon(code)
        _ = try CustomerReader(transaction.reading).status(of: customer)
        let isUsedByOthers = try transaction.reading.exists(
            """
            SELECT 1 FROM coupon_redemption
            WHERE coupon_id = ? AND released_at IS NULL AND customer_id IS NOT ?
            """, .integer(coupon.id.rawValue), .integer(customer.rawValue))
        guard !isUsedByOthers else { throw CouponError.alreadyUsed(code: coupon.terms.code) }
        try transaction.execute(
            "UPDATE coupon SET customer_id = ? WHERE id = ?", .integer(customer.rawValue),
            .integer(coupon.id.rawValue))
        try timeline.append(.couponAssigned, customer: customer) { $0.member("code", coupon.terms.code) }
    }

    /// Enters a redemption in the ledger and counts it.
    ///
    /// The schema refuses a count above the limit, whatever was judged before.
    func redeem(_ coupon: Coupon, for order: OrderID, by customer: CustomerID?, discount: Money) throws {
        try transaction.execute(
            """
            INSERT INTO coupon_redemption (coupon_id, customer_id, order_id, amount_minor, redeemed_at)
            VALUES (?, ?, ?, ?, ?)
            """,
            .integer(coupon.id.rawValue), .integer(orNull: customer?.rawValue), .integer(order.rawValue),
            .integer(discount.minor), .integer(occasion.at.seconds))
        try transaction.execute(
            "UPDATE coupon SET used = used + 1, spent_minor = spent_minor + ? WHERE id = ?",
            .integer(discount.minor), .integer(coupon.id.rawValue))
        try timeline.append(.couponRedeemed, customer: customer, order: order) {
            $0.member("code", coupon.terms.code)
            $0.member("amount", discount.text)
            $0.member("currency", discount.currency.code)
        }
    }

    /// Gives back what an order redeemed, if anything.
    func release(order: OrderID, of customer: CustomerID?) throws {
        let released = try transaction.returning(
            """
            UPDATE coupon_redemption SET released_at = ? WHERE order_id = ? AND released_at IS NULL
            RETURNING coupon_id, amount_minor
            """, .integer(occasion.at.seconds), .integer(order.rawValue)
        ) { (coupon: $0.integer(0), amount: $0.integer(1)) }
        guard let released else { return }
        let code = try transaction.returning(
            """
            UPDATE coupon SET used = used - 1, spent_minor = spent_minor - ? WHERE id = ? RETURNING code
            """, .integer(released.amount), .integer(released.coupon)
        ) { $0.text(0) }
        try timeline.append(.couponReleased, customer: customer, order: order) { $0.member("code", code) }
    }

    /// Lets a redemption follow its order to another customer.
    func move(order: OrderID, to customer: CustomerID) throws {
        try transaction.execute(
            "UPDATE coupon_redemption SET customer_id = ? WHERE order_id = ?",
            .integer(customer.rawValue), .integer(order.rawValue))
    }
}
