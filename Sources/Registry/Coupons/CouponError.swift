public import StrictJSON

/// Why a coupon could not be made, found or used.
public enum CouponError: Refusal, Equatable {
    /// No such coupon, or not one for this customer: nobody else learns that it exists.
    case notFound
    case blankCode
    case codeTaken(code: String)
    case alreadyUsed(code: String)
    case exhausted(code: String, limit: Int64, used: Int64)
    case customerLimit(code: String, limit: Int64)
    case budgetSpent(code: String, left: Money)
    case notStarted(code: String, starts: Instant)
    case expired(code: String, ends: Instant)
    case belowMinimum(code: String, minimum: Money)
    case wrongChannel(code: String)
    case wrongCurrency(code: String, currency: Currency)
    case notFirstOrder(code: String)
    case needsCustomer(code: String)
    case itemMissing(code: String, sku: String)
    case notOnReturns

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .blankCode: .badRequest
        case .expired: .gone
        case .codeTaken, .alreadyUsed, .exhausted, .customerLimit, .budgetSpent, .notStarted, .belowMinimum,
            .wrongChannel, .wrongCurrency, .notFirstOrder, .needsCustomer, .itemMissing, .notOnReturns:
            .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-coupon"
        case .blankCode: "bad-value"
        case .codeTaken: "code-taken"
        case .alreadyUsed: "coupon-in-use"
        case .exhausted: "coupon-exhausted"
        case .customerLimit: "coupon-customer-limit"
        case .budgetSpent: "coupon-budget-spent"
        case .notStarted: "coupon-not-started"
        case .expired: "coupon-expired"
        case .belowMinimum: "coupon-minimum"
        case .wrongChannel: "coupon-channel"
        case .wrongCurrency: "coupon-currency"
        case .notFirstOrder: "coupon-first-order"
        case .needsCustomer: "coupon-needs-customer"
        case .itemMissing: "coupon-item-missing"
        case .notOnReturns: "coupon-on-return"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .blankCode, .codeTaken, .alreadyUsed, .wrongChannel, .notFirstOrder, .needsCustomer,
            .notOnReturns:
            []
        case .exhausted(_, let limit, let used):
            [JSON.Member(name: "limit", value: .integer(limit)), JSON.Member(name: "used", value: .integer(used))]
        case .customerLimit(_, let limit): [JSON.Member(name: "per_customer", value: .integer(limit))]
        case .budgetSpent(_, let left): [JSON.Member(name: "left", value: .string(left.text))]
        case .notStarted(_, let starts): [JSON.Member(name: "starts", value: .string(starts.text))]
        case .expired(_, let ends): [JSON.Member(name: "ends", value: .string(ends.text))]
        case .belowMinimum(_, let minimum): [JSON.Member(name: "minimum", value: .string(minimum.text))]
        case .wrongCurrency(_, let currency): [JSON.Member(name: "currency", value: .string(currency.code))]
        case .itemMissing(_, let sku): [JSON.Member(name: "item", value: .string(sku))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such coupon, or none for this customer"
        case .blankCode: "a coupon needs a code"
        case .codeTaken(let code): "there is a coupon \(code) already"
        case .alreadyUsed(let code): "\(code) has been used by somebody else"
        case .exhausted(let code, _, _): "\(code) has been used as often as it may be"
        case .customerLimit(let code, _): "this customer has used \(code) as often as one customer may"
        case .budgetSpent(let code, _): "the budget of \(code) does not cover this discount"
        case .notStarted(let code, _): "\(code) is not valid yet"
        case .expired(let code, _): "\(code) is no longer valid"
        case .belowMinimum(let code, let minimum): "\(code) needs at least \(minimum.text) \(minimum.currency.code)"
        case .wrongChannel(let code): "\(code) is not valid on this channel"
        case .wrongCurrency(let code, let currency): "\(code) is valid for \(currency.code) only"
        case .notFirstOrder(let code): "\(code) is for a first order only"
        case .needsCustomer(let code): "\(code) needs a known customer"
        case .itemMissing(let code, let sku): "\(code) needs \(sku) in the order"
        case .notOnReturns: "a return takes no coupon"
        }
    }
}
