public import Registry
internal import StrictJSON

/// Orders as the records of a table: one for each line, the order's own amounts with the first alone, so that columns
/// can be summed.
public struct OrderTable: Sendable {
    private let format: TableFormat

    public init(format: TableFormat) {
        self.format = format
    }

    /// The headers.
    public let header = [
        "Order ID", "Channel", "Order", "Placed", "Kind", "State", "Channel state", "Test", "Patron ID", "Name",
        "E-Mail", "Currency", "Subtotal", "Discount", "Coupon", "Tax", "Total", "Paid", "Refunded", "Line", "SKU",
        "Product", "Quantity", "Unit price", "Tax rate",
    ]

    /// An order's records; one without lines where it has none.
    public func records(of order: Order, lines: [OrderLine]) -> [[String]] {
        let head = head(of: order)
        let amounts = amounts(of: order)
        guard !lines.isEmpty else { return [head + amounts + Array(repeating: "", count: 6)] }
        let nothing = Array(repeating: "", count: amounts.count)
        return lines.enumerated().map { index, line in
            head + (index == 0 ? amounts : nothing) + [
                String(index + 1), line.sku ?? "", line.name ?? "", format.number(line.quantity.text),
                format.number(line.unitPrice.text(atLeast: order.amounts.total.currency.fractionDigits)),
                line.taxRate.map { format.number($0.text) } ?? "",
            ]
        }
    }

    private func head(of order: Order) -> [String] {
        let buyer = (try? JSON(parsing: order.buyer.bytes)) ?? .object([])
        // The snapshot is only ever written from a parsed object; what cannot be read is shown as empty.
        return [
            String(order.id.rawValue), order.channel, order.ext, format.time(order.placedAt), order.kind.rawValue,
            order.state.rawValue, order.channelState ?? "", format.flag(order.isTest),
            order.match.customer.map { String($0.rawValue) } ?? "", buyer["name"]?.stringValue ?? "",
            buyer["email"]?.stringValue ?? "",
        ]
    }

    private func amounts(of order: Order) -> [String] {
        let amounts = order.amounts
        return [
            amounts.total.currency.code, format.number(amounts.subtotal), format.number(amounts.discount),
            order.coupon ?? "", format.number(amounts.tax), format.number(amounts.total), format.number(order.paid),
            format.number(order.givenBack),
        ]
    }
}
