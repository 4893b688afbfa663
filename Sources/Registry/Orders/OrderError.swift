public import StrictJSON

/// Why an order could not be registered, found or changed.
public enum OrderError: Refusal, Equatable {
    case notFound
    case differs(existing: OrderID)
    case totalMismatch(computed: Money, declared: Money)
    case nothingToPay
    case negativeTotal
    case positiveReturn
    case badExt
    /// It was placed more than a day from now.
    case inTheFuture
    case noProduct
    case staleRevision(current: Int64)
    case closed(OrderState)
    case badRefund(left: Money)
    /// Nothing of what was paid is there any more, or nothing was paid.
    case nothingPaid

    public var kind: RefusalKind {
        switch self {
        case .notFound, .noProduct: .notFound
        case .differs, .closed, .nothingPaid: .conflict
        case .totalMismatch, .nothingToPay, .negativeTotal, .positiveReturn, .inTheFuture, .badRefund: .rejected
        case .badExt: .badRequest
        case .staleRevision: .stale
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-order"
        case .differs: "order-differs"
        case .totalMismatch: "total-mismatch"
        case .nothingToPay: "incomplete"
        case .negativeTotal: "negative-total"
        case .positiveReturn: "positive-return"
        case .badExt: "bad-value"
        case .inTheFuture: "in-the-future"
        case .noProduct: "no-product"
        case .staleRevision: "stale-revision"
        case .closed: "order-closed"
        case .badRefund: "refund-too-big"
        case .nothingPaid: "nothing-paid"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .noProduct, .negativeTotal, .positiveReturn, .inTheFuture, .nothingPaid: []
        case .badExt: [JSON.Member(name: "argument", value: .string("ext"))]
        case .staleRevision(let current): [JSON.Member(name: "rev", value: .integer(current))]
        case .nothingToPay: [JSON.Member(name: "missing", value: .array([.string("lines"), .string("total")]))]
        case .differs(let order): [JSON.Member(name: "order", value: .integer(order.rawValue))]
        case .totalMismatch(let computed, let declared):
            [
                JSON.Member(name: "computed", value: .string(computed.text)),
                JSON.Member(name: "declared", value: .string(declared.text)),
            ]
        case .closed(let state): [JSON.Member(name: "state", value: .string(state.rawValue))]
        case .badRefund(let left): [JSON.Member(name: "left", value: .string(left.text))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such order"
        case .differs: "this channel has registered another order under this ext"
        case .totalMismatch(let computed, let declared):
            "the order comes to \(computed.text), not \(declared.text)"
        case .nothingToPay: "missing: lines or total"
        case .negativeTotal: "an order cannot come to less than nothing; register a return instead"
        case .positiveReturn: "a return cannot come to more than nothing; register an order instead"
        case .inTheFuture: "placed_at is more than a day from now"
        case .noProduct: "this channel has sold no such product"
        case .badExt: "ext: it cannot be blank or begin with #, as made-up ones do"
        case .staleRevision(let current): "someone else was faster; the order is now at revision \(current)"
        case .closed(let state): "the order is \(state.rawValue) and cannot change its state any more"
        case .badRefund(let left): "more than 0 and at most \(left.text) can be given back"
        case .nothingPaid: "nothing is there that was paid for this order; note the payment first"
        }
    }
}
