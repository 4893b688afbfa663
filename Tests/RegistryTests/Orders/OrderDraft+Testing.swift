import Registry
import StrictJSON

extension OrderDraft {
    /// An order over an amount in minor units, without lines.
    static func sale(
        _ minor: Int64, _ code: String = "EUR", ext: String? = nil, channel: String = "shop",
        to buyer: Buyer = .anonymous, kind: OrderKind = .order, state: OrderState = .open
    ) throws -> OrderDraft {
        let currency = try Currency(code)
        return OrderDraft(
            channel: channel, ext: ext, buyer: buyer, kind: kind, state: state, currency: currency, lines: [],
            declared: Money(minor: minor, currency: currency), details: .emptyObject)
    }

    /// An order of lines.
    static func basket(
        _ lines: [OrderLine], _ code: String = "EUR", ext: String? = nil, to buyer: Buyer = .anonymous,
        kind: OrderKind = .order
    ) throws -> OrderDraft {
        OrderDraft(
            channel: "shop", ext: ext, buyer: buyer, kind: kind, state: .open, currency: try Currency(code),
            lines: lines, declared: nil, details: .emptyObject)
    }

    /// The same draft with a change.
    func with(_ change: (inout OrderDraft) -> Void) -> OrderDraft {
        var draft = self
        change(&draft)
        return draft
    }
}

extension OrderLine {
    /// So many at a price each.
    init(_ quantity: String, at price: String, sku: String? = nil, tax: String? = nil) throws {
        self.init(
            sku: sku, name: nil, quantity: try Quantity(parsing: quantity), unitPrice: try UnitPrice(parsing: price),
            taxRate: try tax.map { (text) throws(ValueError) in try Percentage(parsing: text) })
    }
}
