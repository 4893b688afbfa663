import ChannelKit

/// What a ticket came to, which is what is given back for it.
enum TicketPrice {
    /// What each ticket of an order came to; what rounding the discount leaves over goes to the last that costs anything.
    static func minors(of request: TicketRequest, _ draft: OrderDraft, _ amounts: OrderAmounts) -> [Int64] {
        var prices = request.tickets.map { minor(of: $0.type, in: request.event, draft, amounts) }
        let rest = amounts.subtotal.minor - amounts.discount.minor - prices.reduce(0, +)
        // More than rounding is what was sold besides the tickets.
        if amounts.discount.minor > 0, rest > 0, rest < prices.count,
            let last = prices.lastIndex(where: { $0 > 0 }) ?? prices.indices.last
        {
            prices[last] += rest
        }
        return prices
    }

    /// The price in the order's line for the type, else the type's own, less its share of the order's discount.
    private static func minor(of type: TicketType, in event: Event, _ draft: OrderDraft, _ amounts: OrderAmounts)
        -> Int64
    {
        let line = draft.lines.first { $0.sku == type.sku(of: event) || $0.sku == type.key }
        let digits = draft.currency.fractionDigits
        let micros = (0..<max(6 - digits, 0)).reduce(Int64(1)) { unit, _ in unit * 10 }
        let price = line.map { ($0.unitPrice.micros + micros / 2) / micros } ?? type.price.minor
        let (subtotal, discount) = (amounts.subtotal.minor, amounts.discount.minor)
        guard subtotal > 0, discount > 0 else { return price }
        return price - Int64((Int128(price) * Int128(discount) + Int128(subtotal - 1)) / Int128(subtotal))
    }
}
