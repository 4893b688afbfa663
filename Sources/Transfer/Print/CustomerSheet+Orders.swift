public import Registry

extension CustomerSheet {
    /// What an order's channel says of it, in the order of reading.
    public typealias Detail = (label: String, text: String)

    /// What the customer's orders come to, for each currency.
    public mutating func totals(of customer: Customer) {
        writer.heading(.totals)
        writer.markup("<dl>")
        writer.field(.orders, String(customer.orderCount))
        let totals = customer.totals.filter { $0.minor != 0 }
        writer.field(.total, totals.map(format.amount).joined(separator: "\n"))
        writer.markup("</dl>")
    }

    /// Begins the table of orders.
    public mutating func beginOrders() {
        writer.heading(.orders)
        writer.columns([.date, .order, .channel, .state, .total], numeric: [4])
    }

    /// An order; at the counter its head alone.
    ///
    /// - Parameters:
    ///   - order: The order.
    ///   - channel: What its channel is called.
    ///   - lines: Its positions.
    ///   - details: What its channel says of it.
    public mutating func order(_ order: Order, channel: String, lines: [OrderLine], details: [Detail]) {
        writer.markup("<tbody class=\"order\">")
        writer.row(
            [
                format.day(order.placedAt), order.ext, channel, states(of: order),
                format.amount(order.amounts.total),
            ], numeric: [4])
        if level != .counter {
            for line in lines { self.line(line, in: order.amounts.total.currency) }
            for detail in details { writer.wide("\(detail.label): \(detail.text)", columns: 5, style: "more") }
            let sums = sums(of: order)
            if !sums.isEmpty { writer.wide(sums, columns: 5, style: "more") }
        }
        writer.markup("</tbody>")
    }

    /// Ends the table of orders.
    public mutating func endOrders(isEmpty: Bool) {
        if isEmpty {
            writer.markup("<tbody>")
            writer.wide(SheetWord.noOrders.text(language), columns: 5, style: "more")
            writer.markup("</tbody>")
        }
        writer.markup("</table>")
    }

    private mutating func line(_ line: OrderLine, in currency: Currency) {
        let sum = try? lineSubtotal([(line.quantity, line.unitPrice)], in: currency)
        // A sum beyond every amount was refused when the order was registered.
        let quantity = "\(format.number(line.quantity.text)) × \(format.price(line.unitPrice, in: currency))"
        let name = [line.name, line.sku].compactMap(\.self).joined(separator: " · ")
        writer.line(name: name, quantity: quantity, amount: sum.map(format.amount) ?? "")
    }

    private func states(of order: Order) -> String {
        var words = [language.name(of: order.state)]
        if order.kind == .return { words.insert(SheetWord.returned.text(language), at: 0) }
        if order.isTest { words.append(SheetWord.testOrder.text(language)) }
        return words.joined(separator: ", ")
    }

    private func sums(of order: Order) -> String {
        let amounts = order.amounts
        var sums: [String] = []
        func add(_ word: SheetWord, _ money: Money, _ more: String = "") {
            guard money.minor != 0 else { return }
            sums.append("\(word.text(language))\(more) \(format.amount(money))")
        }
        if amounts.subtotal != amounts.total { add(.subtotal, amounts.subtotal) }
        add(.discount, amounts.discount, order.coupon.map { " (\($0))" } ?? "")
        add(.tax, amounts.tax)
        add(.paid, order.paid)
        add(.refunded, order.givenBack)
        return sums.joined(separator: " · ")
    }
}
