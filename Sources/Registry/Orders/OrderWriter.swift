public import Storage
internal import StrictJSON

/// Registers orders and changes them.
public struct OrderWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let reader: OrderReader
    let timeline: TimelineWriter
    let totals: CustomerTotals

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        reader = OrderReader(transaction.reading)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
        totals = CustomerTotals(transaction: transaction)
    }

    /// Registers an order; the same order again changes nothing.
    ///
    /// - Throws: ``OrderError``, ``CouponError``, ``CustomerError/denied``, ``CustomerError/notFound``, ``LimitError``.
    public func register(_ submitted: OrderDraft) throws -> Registration {
        try existing(submitted) ?? enter(submitted)
    }

    /// What became of the same order when it was registered before; nil for a new one.
    ///
    /// - Throws: ``OrderError/badExt``, ``OrderError/differs(existing:)``.
    public func existing(_ submitted: OrderDraft) throws -> Registration? {
        guard let ext = submitted.ext else { return nil }
        if ext.hasPrefix("#") || ext.allSatisfy(\.isWhitespace) { throw OrderError.badExt }
        return try registration(of: submitted.channel, ext, digest: submitted.digest)
    }

    /// Registers an order that ``existing(_:)`` did not find.
    ///
    /// - Parameters:
    ///   - submitted: The order.
    ///   - settle: What becomes of the order's state, payment and details once it is known what it comes to.
    /// - Returns: What became of it.
    /// - Throws: What ``register(_:)`` throws.
    public func enter(
        _ submitted: OrderDraft, settle: (inout OrderDraft, OrderAmounts) throws -> Void = { _, _ in }
    ) throws -> Registration {
        var draft = submitted.turnedRound
        let digest = submitted.digest
        // Clocks and time zones may differ, by no more than a day.
        if let placedAt = draft.placedAt, placedAt.seconds > occasion.at.seconds + 86_400 {
            throw OrderError.inTheFuture
        }
        let subtotal = try OrderAmounts.subtotal(of: draft)
        let buyer = try settleAddresses(draft, BuyerRegistrar(transaction, occasion).register(draft))
        let placedAt = draft.placedAt ?? occasion.at
        let redeemed = try judge(draft, buyer, subtotal: subtotal, at: placedAt)
        let discount = redeemed?.discount ?? Money(minor: 0, currency: draft.currency)
        let amounts = try OrderAmounts(
            of: draft, subtotal: subtotal, discount: discount, on: redeemed?.coupon.terms.lines(among: draft.lines))
        try settle(&draft, amounts)

        let seq = try timeline.nextSeq()
        let id = try insert(
            draft, buyer, amounts, coupon: redeemed?.coupon, placedAt: placedAt, digest: digest, seq: seq)
        try timeline.append(.orderRegistered, customer: buyer.match.customer, order: id) {
            $0.member("channel", draft.channel)
            $0.member("total", amounts.total.text)
            $0.member("currency", amounts.total.currency.code)
            $0.member("state", draft.state.rawValue)
        }
        // A test uses nothing up, and an order that comes in cancelled has given its coupon back already.
        let isUsed = !occasion.shop.policies.couponRelease.givesBack(on: draft.state)
        if let redeemed, isUsed, !draft.isTest {
            try CouponWriter(transaction, occasion).redeem(redeemed, for: id, by: buyer.match.customer)
        }
        if let customer = buyer.match.customer {
            if draft.state.isCounted, draft.isTest == buyer.isTest {
                let less = OrderMoney(of: draft, total: amounts.total.minor).lessMinor
                let net = Money(minor: amounts.total.minor - less, currency: draft.currency)
                try totals.count(net, of: draft.kind, placedAt: placedAt, for: customer)
            }
            try totals.noteChannel(draft.channel, for: customer)
            for statement in draft.consent where !draft.isTest {
                try ConsentWriter(transaction, occasion).record(
                    statement, by: customer, origin: .checkout, channel: draft.channel, order: id,
                    saidAt: draft.placedAt)
            }
        }
        return Registration(order: id, match: buyer.match, isExisting: false, amounts: amounts, seq: seq)
    }

    /// Refuses an order whose buyer is denied, before anything else is said of it.
    ///
    /// - Throws: ``CustomerError/denied``.
    public func refuseDenied(_ draft: OrderDraft) throws {
        try BuyerRegistrar(transaction, occasion).refuseDenied(draft)
    }

    private func registration(of channel: String, _ ext: String, digest: [UInt8]) throws -> Registration? {
        let found = try transaction.reading.first(
            "SELECT id, content_digest FROM customer_order WHERE ext = ? AND channel = ?", .text(ext), .text(channel)
        ) { (id: OrderID(rawValue: $0.integer(0)), digest: $0.bytes(1)) }
        guard let found else { return nil }
        guard found.digest == digest else { throw OrderError.differs(existing: found.id) }
        let order = try reader.order(found.id)
        return Registration(
            order: order.id, match: order.match, isExisting: true, amounts: order.amounts, seq: order.registeredSeq)
    }

    private func judge(
        _ draft: OrderDraft, _ buyer: RegisteredBuyer, subtotal: Money, at placedAt: Instant
    ) throws -> CouponRedemption? {
        guard draft.coupon != nil || draft.hold != nil else { return nil }
        var use = CouponUse(
            channel: draft.channel, customer: buyer.match.customer, subtotal: subtotal, lines: draft.lines,
            at: placedAt, earlierOrders: buyer.earlierOrders)
        use.askedAt = occasion.at
        return try CouponWriter(transaction, occasion).judge(draft, for: use)
    }

    private func insert(
        _ draft: OrderDraft, _ buyer: RegisteredBuyer, _ amounts: OrderAmounts, coupon: Coupon?, placedAt: Instant,
        digest: [UInt8], seq: Int64
    ) throws -> OrderID {
        let money = OrderMoney(of: draft, total: amounts.total.minor)
        let number = try Numbering.order.next(in: transaction)
        try LimitedRows.orders.admit(number, occasion.shop.policies.limits, transaction.reading)
        let id = try transaction.insert(
            """
            INSERT INTO customer_order (id, channel, ext, customer_id, match, kind, state, channel_state, placed_at,
                recorded_at, currency, subtotal_minor, discount_minor, tax_minor, total_minor, paid_minor,
                refunded_minor, coupon, buyer, details, is_test, content_digest, registered_seq, given_back_minor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(number), .text(draft.channel), .text(draft.ext ?? "#\(seq)"),
            .integer(orNull: buyer.match.customer?.rawValue),
            .text(buyer.match.reason.rawValue), .text(draft.kind.rawValue), .text(draft.state.rawValue),
            .text(orNull: draft.channelState), .integer(placedAt.seconds), .integer(occasion.at.seconds),
            .text(draft.currency.code), .integer(amounts.subtotal.minor), .integer(amounts.discount.minor),
            .integer(amounts.tax.minor), .integer(amounts.total.minor),
            .integer(money.paidMinor), .integer(money.lessMinor), .text(orNull: coupon?.terms.code),
            .utf8(buyer.snapshot.bytes), .utf8(draft.details.bytes),
            .flag(draft.isTest), .blob(digest), .integer(seq),
            .integer(orNull: money.givenBackMinor))
        for (position, line) in draft.lines.enumerated() {
            try transaction.execute(
                """
                INSERT INTO order_line (order_id, position, sku, name, quantity_micros, unit_price_micros,
                    tax_rate_millionths)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """,
                .integer(id), .integer(Int64(position + 1)), .text(orNull: line.sku), .text(orNull: line.name),
                .integer(line.quantity.micros), .integer(line.unitPrice.micros),
                .integer(orNull: line.taxRate?.millionths))
        }
        return OrderID(rawValue: id)
    }
}
