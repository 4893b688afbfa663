public import StrictJSON

/// Why a coupon could not be made, found, changed or used.
public enum CouponError: Refusal, Equatable {
    /// No such coupon, or not one for this customer: nobody else learns that it exists.
    case notFound
    case blankCode
    case codeTaken(code: String)
    case alreadyUsed(code: String)
    case exhausted(code: String, limit: Int64, used: Int64, held: Int64 = 0)
    case customerLimit(code: String, limit: Int64)
    case budgetSpent(code: String, left: Money)
    case notStarted(code: String, starts: Instant)
    case expired(code: String, ends: Instant)
    case archived(code: String)
    case belowMinimum(code: String, minimum: Money)
    case wrongChannel(code: String)
    case wrongGroup(code: String)
    case wrongCurrency(code: String, currency: Currency)
    case notFirstOrder(code: String)
    case needsCustomer(code: String)
    case itemMissing(code: String, sku: String)
    case productsMissing(code: String)
    case notOnReturns
    case productsWithItem
    case tooManyProducts
    case badPeriod
    /// The limit that was asked for lies below what is used and held.
    case limitTooLow(code: String, used: Int64, held: Int64)
    /// The budget that was asked for lies below what is spent and held.
    case budgetTooLow(code: String, spent: Money, held: Money)
    case wasUsed(code: String)
    case noHold
    case holdExpired(expired: Instant)
    case holdReleased
    case holdCommitted(order: OrderID)
    case orderHasCoupon(order: OrderID)
    case orderNotCounted(order: OrderID)
    case tooFewCodes

    public var kind: RefusalKind {
        switch self {
        case .notFound, .noHold: .notFound
        case .blankCode, .productsWithItem, .tooManyProducts, .badPeriod, .tooFewCodes: .badRequest
        case .expired, .archived, .holdExpired: .gone
        case .codeTaken, .alreadyUsed, .exhausted, .customerLimit, .budgetSpent, .notStarted, .belowMinimum,
            .wrongChannel, .wrongGroup, .wrongCurrency, .notFirstOrder, .needsCustomer, .itemMissing, .productsMissing,
            .notOnReturns, .limitTooLow, .budgetTooLow, .wasUsed, .holdReleased, .holdCommitted, .orderHasCoupon,
            .orderNotCounted:
            .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-coupon"
        case .blankCode, .productsWithItem, .tooManyProducts, .badPeriod, .tooFewCodes: "bad-value"
        case .codeTaken: "code-taken"
        case .alreadyUsed, .wasUsed: "coupon-in-use"
        case .exhausted: "coupon-exhausted"
        case .customerLimit: "coupon-customer-limit"
        case .budgetSpent: "coupon-budget-spent"
        case .notStarted: "coupon-not-started"
        case .expired: "coupon-expired"
        case .archived: "coupon-archived"
        case .belowMinimum: "coupon-minimum"
        case .wrongChannel: "coupon-channel"
        case .wrongGroup: "coupon-group"
        case .wrongCurrency: "coupon-currency"
        case .notFirstOrder: "coupon-first-order"
        case .needsCustomer: "coupon-needs-customer"
        case .itemMissing: "coupon-item-missing"
        case .productsMissing: "coupon-products"
        case .notOnReturns: "coupon-on-return"
        case .limitTooLow: "coupon-limit-used"
        case .budgetTooLow: "coupon-budget-used"
        case .noHold: "no-hold"
        case .holdExpired: "hold-expired"
        case .holdReleased: "hold-released"
        case .holdCommitted: "hold-committed"
        case .orderHasCoupon: "order-has-coupon"
        case .orderNotCounted: "order-not-counted"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .codeTaken, .alreadyUsed, .archived, .wrongChannel, .wrongGroup, .notFirstOrder, .needsCustomer,
            .productsMissing, .notOnReturns, .wasUsed, .noHold, .holdReleased:
            []
        case .blankCode: [JSON.Member(name: "argument", value: .string("code"))]
        case .productsWithItem, .tooManyProducts: [JSON.Member(name: "argument", value: .string("products"))]
        case .badPeriod: [JSON.Member(name: "argument", value: .string("ends"))]
        case .tooFewCodes: [JSON.Member(name: "argument", value: .string("length"))]
        case .exhausted(_, let limit, let used, let held):
            [
                JSON.Member(name: "limit", value: .integer(limit)), JSON.Member(name: "used", value: .integer(used)),
                JSON.Member(name: "held", value: .integer(held)),
            ]
        case .customerLimit(_, let limit): [JSON.Member(name: "per_customer", value: .integer(limit))]
        case .budgetSpent(_, let left): [JSON.Member(name: "left", value: .string(left.text))]
        case .notStarted(_, let starts): [JSON.Member(name: "starts", value: .string(starts.text))]
        case .expired(_, let ends): [JSON.Member(name: "ends", value: .string(ends.text))]
        case .belowMinimum(_, let minimum): [JSON.Member(name: "minimum", value: .string(minimum.text))]
        case .wrongCurrency(_, let currency): [JSON.Member(name: "currency", value: .string(currency.code))]
        case .itemMissing(_, let sku): [JSON.Member(name: "item", value: .string(sku))]
        case .limitTooLow(_, let used, let held):
            [JSON.Member(name: "used", value: .integer(used)), JSON.Member(name: "held", value: .integer(held))]
        case .budgetTooLow(_, let spent, let held):
            [
                JSON.Member(name: "spent", value: .string(spent.text)),
                JSON.Member(name: "held", value: .string(held.text)),
            ]
        case .holdExpired(let expired): [JSON.Member(name: "expired", value: .string(expired.text))]
        case .holdCommitted(let order), .orderHasCoupon(let order), .orderNotCounted(let order):
            [JSON.Member(name: "order", value: .integer(order.rawValue))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such coupon, or none for this customer"
        case .blankCode: "a coupon needs a code"
        case .codeTaken(let code): "there is a coupon \(code) already"
        case .alreadyUsed(let code): "\(code) has been used by somebody else"
        case .exhausted(let code, _, _, let held):
            held == 0
                ? "\(code) has been used as often as it may be"
                : "\(code) has been used, or is being held, as often as it may be"
        case .customerLimit(let code, _): "this customer has used \(code) as often as one customer may"
        case .budgetSpent(let code, _): "the budget of \(code) does not cover this discount"
        case .notStarted(let code, _): "\(code) is not valid yet"
        case .expired(let code, _): "\(code) is no longer valid"
        case .archived(let code): "\(code) has been archived"
        case .belowMinimum(let code, let minimum): "\(code) needs at least \(minimum.text) \(minimum.currency.code)"
        case .wrongChannel(let code): "\(code) is not valid on this channel"
        case .wrongGroup(let code): "\(code) is for certain groups of customers only"
        case .wrongCurrency(let code, let currency): "\(code) is valid for \(currency.code) only"
        case .notFirstOrder(let code): "\(code) is for a first order only"
        case .needsCustomer(let code): "\(code) needs a known customer"
        case .itemMissing(let code, let sku): "\(code) needs \(sku) in the order"
        case .productsMissing(let code): "\(code) is valid for certain products only, and none is in the order"
        case .notOnReturns: "a return takes no coupon"
        case .productsWithItem: "products: a free item names its product itself"
        case .tooManyProducts: "products: at most \(CouponTerms.productLimit) fit one coupon"
        case .badPeriod: "ends: it must come after starts"
        case .limitTooLow(let code, _, _): "\(code) has been used, or is being held, more often than that"
        case .budgetTooLow(let code, _, _): "more than that of the budget of \(code) is spent or held"
        case .wasUsed(let code): "\(code) has been used or is being held; archive it instead"
        case .noHold: "there is no such hold"
        case .holdExpired: "the hold has expired"
        case .holdReleased: "the hold has been released"
        case .holdCommitted: "the hold has been used by an order"
        case .orderHasCoupon: "the order has redeemed a coupon already"
        case .orderNotCounted: "only an order that stands can redeem a coupon: no test, return or cancelled one"
        case .tooFewCodes: "length: so many codes need longer ones"
        }
    }
}
