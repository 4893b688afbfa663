/// What a coupon gives, to whom, when and how often.
public struct CouponTerms: Sendable, Equatable {
    /// As it is printed; compared without case.
    public var code: String
    public var benefit: CouponBenefit
    /// The currency of the amounts here, and the only one the coupon is good for.
    public var currency: Currency
    /// What the whole order must come to at least.
    public var minimum: Money?
    public var startsAt: Instant?
    /// The first moment at which it is no longer good.
    public var endsAt: Instant?
    public var limit: Int64?
    public var perCustomer: Int64?
    public var budget: Money?
    /// Where it is good; empty for everywhere.
    public var channels: [String] = []
    /// The skus of the lines on which the discount counts, in their order; empty for all lines.
    public var products: [String] = []
    /// Of which groups a customer must be in one; nil for everybody, none when they have all been deleted.
    public var groups: [GroupID]?
    /// The only customer it is good for; nil for everybody.
    public var customer: CustomerID?
    public var isFirstOrderOnly = false
    /// What it was made for, together with others; nil for itself alone.
    public var campaign: String?

    public init(code: String, benefit: CouponBenefit, currency: Currency) {
        self.code = code
        self.benefit = benefit
        self.currency = currency
    }

    /// The most products one coupon can name.
    public static let productLimit = 1_000

    /// What codes are compared by: upper case without locale.
    static func key(of code: String) -> String {
        // Most codes are plain letters and digits, which need no tables.
        if code.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) {
            return String(decoding: code.utf8.map { 0x61...0x7A ~= $0 ? $0 - 0x20 : $0 }, as: UTF8.self)
        }
        return code.filter { !$0.isWhitespace }.uppercased()
    }

    /// Whether only the lines of an order tell what it takes off.
    public var needsLines: Bool {
        switch benefit {
        case .percent, .amount: !products.isEmpty
        case .item: true
        }
    }

    /// The lines on which the discount counts; nil when it counts on the whole order.
    ///
    /// A free item is the cheapest of those lines whose product it is and which hold a whole unit.
    package func lines(among lines: [OrderLine]) -> [OrderLine]? {
        switch benefit {
        case .percent, .amount:
            guard !products.isEmpty else { return nil }
            let wanted = Set(products)
            return lines.filter { $0.sku.map(wanted.contains) ?? false }
        case .item(let sku):
            let whole = lines.filter { $0.sku == sku && $0.quantity.micros >= 1_000_000 }
            return whole.min { $0.unitPrice.micros < $1.unitPrice.micros }.map { [$0] } ?? []
        }
    }
}
