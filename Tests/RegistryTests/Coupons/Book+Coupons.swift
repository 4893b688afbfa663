import Registry
import Storage

extension Book {
    /// Terms of ten per cent off.
    func tenPercent(_ code: String = "TEN", _ change: (inout CouponTerms) throws -> Void = { _ in }) throws
        -> CouponTerms
    {
        var terms = CouponTerms(
            code: code, benefit: .percent(try Percentage(parsing: "10")), currency: occasion.shop.currency)
        try change(&terms)
        return terms
    }

    /// An amount in the shop's currency.
    func money(_ minor: Int64) -> Money { Money(minor: minor, currency: occasion.shop.currency) }

    /// What a coupon is to be used for, now.
    func use(_ minor: Int64, by customer: CustomerID? = nil, channel: String? = nil) -> CouponUse {
        CouponUse(
            channel: channel, customer: customer, subtotal: money(minor), lines: nil, at: occasion.at, earlierOrders: 0)
    }

    @discardableResult
    func hold(
        _ code: String = "TEN", _ minor: Int64 = 1_000, by customer: CustomerID? = nil, channel: String? = nil,
        seconds: Int64 = 900
    ) throws -> CouponHold {
        let use = use(minor, by: customer, channel: channel)
        return try write { try CouponWriter($0, occasion).hold(code, for: use, seconds: seconds) }
    }

    @discardableResult
    func commit(_ hold: CouponHold, for order: OrderID) throws -> CouponHold {
        try write { try CouponWriter($0, occasion).commit(hold.id, for: order) }
    }

    @discardableResult
    func release(_ hold: CouponHold) throws -> CouponHold {
        try write { try CouponWriter($0, occasion).release(hold.id) }
    }

    func change(_ code: String, _ change: @Sendable (inout CouponTerms) throws -> Void) throws {
        try write { try CouponWriter($0, occasion).update(code, change) }
    }

    func archive(_ code: String) throws {
        try write { try CouponWriter($0, occasion).archive(code) }
    }

    func delete(_ code: String) throws {
        try write { try CouponWriter($0, occasion).delete(code) }
    }

    /// A coupon as it is now, without what has expired.
    func present(_ code: String = "TEN") throws -> Coupon {
        try read { try CouponReader($0).coupon(code, at: occasion.at) }
    }

    /// The codes a list shows, page after page.
    func codes(limit: Int = 2, _ change: (inout CouponFilter) -> Void = { _ in }) throws -> [String] {
        var filter = CouponFilter()
        change(&filter)
        let asked = filter
        var codes: [String] = []
        var cursor: CouponCursor?
        while true {
            let after = cursor
            let page = try read { try CouponReader($0).coupons(asked, after: after, limit: limit, at: occasion.at) }
            codes += page.map(\.terms.code)
            guard page.count == limit, let last = page.last else { return codes }
            cursor = CouponReader.cursor(behind: last, in: asked)
        }
    }
}
