internal import ChannelKit
internal import Registry
internal import Storage
internal import StrictJSON

/// Reads what a coupon is to be used for among the arguments of `coupon.check` and `coupon.hold`.
struct CouponUseArgument: Sendable {
    let customer: CustomerID?
    let channel: String?
    let currency: Currency
    /// What the order comes to before the discount; nil when it is not known yet.
    let total: Money?
    /// Nil when they are not known yet.
    let lines: [OrderLine]?

    static let parameters: [Parameter] = [
        .optional("customer", .integer, "who wants to use it"),
        .optional("total", .amount, "what the order comes to before the discount; the lines' sum where absent"),
        .optional("lines", .list, "the order's lines, as order.register takes them"),
        .optional("currency", .text, "the order's currency; the tenant's where absent"),
        .optional("channel", .text, "where it is to be used"),
    ]

    /// - Throws: ``CommandError``, ``ValueError``.
    init(_ invocation: TenantInvocation) throws {
        let arguments = invocation.arguments
        customer = arguments.integer("customer").map(CustomerID.init(rawValue:))
        channel = arguments.text("channel") ?? invocation.caller.channel
        if let channel {
            try invocation.caller.mayUse(channel: channel)
            try invocation.require(channel: channel)
        }
        let currency = try invocation.currency()
        let lines = arguments.has("lines") ? try OrderSubmission.lines(arguments) : nil
        let sum = try lines.map { try lineSubtotal($0.map { ($0.quantity, $0.unitPrice) }, in: currency) }
        let total = try invocation.money("total", in: currency) ?? sum
        if let total, total.minor < 0 { throw CommandError.badValue("total", "it cannot be below 0") }
        (self.currency, self.lines, self.total) = (currency, lines, total)
    }

    /// The use of a coupon at a time; `subtotal` stands in for a total that is not known.
    func use(_ transaction: ReadTransaction, subtotal: Money, at: Instant) throws -> CouponUse {
        let orders = try customer.map { try CustomerReader(transaction).customer($0).orderCount } ?? 0
        return CouponUse(
            channel: channel, customer: customer, subtotal: total ?? subtotal, lines: lines, at: at,
            earlierOrders: orders)
    }
}
