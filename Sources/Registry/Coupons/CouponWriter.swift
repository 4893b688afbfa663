public import Storage
internal import StrictJSON

/// Makes coupons, redeems them for orders and takes redemptions back.
public struct CouponWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let timeline: TimelineWriter
    let reader: CouponReader

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
        reader = CouponReader(transaction.reading)
    }

    /// Makes a coupon.
    ///
    /// - Throws: ``CouponError``, ``CustomerError/notFound``.
    public func create(_ terms: CouponTerms) throws {
        guard !CouponTerms.key(of: terms.code).isEmpty else { throw CouponError.blankCode }
        if let customer = terms.customer { _ = try CustomerReader(transaction.reading).status(of: customer) }
        try terms.check()
        guard try enter(terms) else { throw CouponError.codeTaken(code: terms.code) }
        try timeline.append(.couponCreated, customer: terms.customer) { $0.member("code", terms.code) }
    }

    /// Makes as many coupons of the same terms as are asked for, each with a code of its own.
    ///
    /// - Parameters:
    ///   - count: How many; above 0.
    ///   - prefix: What each code begins with.
    ///   - length: How many random letters follow; each says five bits.
    ///   - terms: What each gives; their code does not matter.
    /// - Returns: The codes.
    /// - Throws: ``CouponError/tooFewCodes`` when so short a code would soon be guessed, ``CustomerError/notFound``.
    public func generate(_ count: Int, prefix: String, length: Int, _ terms: CouponTerms) throws -> [String] {
        // A thousand codes that nobody has for each that somebody has, and at least a million of them.
        let possible = Int64(1) << Int64(min(5 * length, 60))
        guard possible >= max(1_000_000, Int64(count) * 1_000) else { throw CouponError.tooFewCodes }
        if let customer = terms.customer { _ = try CustomerReader(transaction.reading).status(of: customer) }
        try terms.check()
        var generator = SystemRandomNumberGenerator()
        var codes: [String] = []
        codes.reserveCapacity(count)
        var terms = terms
        for _ in 0..<count + 1_000 where codes.count < count {
            terms.code = SpokenCode.random(prefix: prefix, length: length, using: &generator)
            if try enter(terms) { codes.append(terms.code) }
        }
        guard codes.count == count else { throw CouponError.tooFewCodes }
        try timeline.append(.couponsGenerated, customer: terms.customer) {
            $0.member("count", Int64(count))
            $0.member("campaign", terms.campaign)
        }
        return codes
    }

    /// - Returns: False when the code is taken.
    private func enter(_ terms: CouponTerms) throws -> Bool {
        let benefit = BenefitColumns(terms.benefit)
        let id = try transaction.returning(
            """
            INSERT INTO coupon (id, code, code_key, percent_millionths, amount_minor, item_sku, currency,
                minimum_minor, starts_at, ends_at, use_limit, customer_limit, budget_minor, channels, customer_id,
                first_order, created_at, campaign, product_count, is_grouped)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (code_key) DO NOTHING RETURNING id
            """,
            .integer(try Numbering.coupon.next(in: transaction)), .text(terms.code),
            .text(CouponTerms.key(of: terms.code)), benefit.percent, benefit.amount, benefit.item,
            .text(terms.currency.code), .integer(orNull: terms.minimum?.minor),
            .integer(orNull: terms.startsAt?.seconds), .integer(orNull: terms.endsAt?.seconds),
            .integer(orNull: terms.limit), .integer(orNull: terms.perCustomer),
            .integer(orNull: terms.budget?.minor), .text(terms.channels.joined(separator: " ")),
            .integer(orNull: terms.customer?.rawValue), .flag(terms.isFirstOrderOnly),
            .integer(occasion.at.seconds), .text(orNull: terms.campaign), .integer(Int64(terms.products.count)),
            .flag(terms.groups != nil)
        ) { CouponID(rawValue: $0.integer(0)) }
        guard let id else { return false }
        try enter(terms.products, of: id)
        try enter(terms.groups ?? [], of: id)
        return true
    }

    /// Enters the groups of a coupon that has none yet.
    func enter(_ groups: [GroupID], of coupon: CouponID) throws {
        for group in groups {
            try transaction.execute(
                "INSERT INTO coupon_group (coupon_id, group_id) VALUES (?, ?) ON CONFLICT DO NOTHING",
                .integer(coupon.rawValue), .integer(group.rawValue))
        }
    }

    /// Enters the products of a coupon that has none yet.
    func enter(_ products: [String], of coupon: CouponID) throws {
        for (position, sku) in products.enumerated() {
            try transaction.execute(
                "INSERT INTO coupon_product (coupon_id, position, sku) VALUES (?, ?, ?)", .integer(coupon.rawValue),
                .integer(Int64(position + 1)), .text(sku))
        }
    }
}

extension CouponTerms {
    /// - Throws: ``CouponError`` for what makes no sense together.
    func check() throws(CouponError) {
        if let startsAt, let endsAt, endsAt <= startsAt { throw .badPeriod }
        guard products.count <= Self.productLimit else { throw .tooManyProducts }
        switch benefit {
        case .percent, .amount: break
        case .item: if !products.isEmpty { throw .productsWithItem }
        }
    }
}

/// What a benefit is in the table: one of three columns.
struct BenefitColumns {
    private(set) var percent = Value.null
    private(set) var amount = Value.null
    private(set) var item = Value.null

    init(_ benefit: CouponBenefit) {
        switch benefit {
        case .percent(let percentage): percent = .integer(percentage.millionths)
        case .amount(let money): amount = .integer(money.minor)
        case .item(let sku): item = .text(sku)
        }
    }
}
