extension Details {
    /// The positions of an order, `[{sku, name, quantity, unit_price, tax_rate}]`; none where they are absent.
    ///
    /// - Throws: ``ChannelRefusal``.
    public func orderLines(_ name: String) throws -> [OrderLine] {
        try objects(name).map { item in
            for member in item.json.objectValue ?? []
            where !["sku", "name", "quantity", "unit_price", "tax_rate"].contains(member.name) {
                throw item.bad(member.name, "a line has sku, name, quantity, unit_price and tax_rate")
            }
            // A number would have been a float somewhere.
            if case .number = item.json["unit_price"] {
                throw item.bad("unit_price", "an amount is text, such as \"9.95\"")
            }
            guard let price = try item.text("unit_price") else { throw item.bad("unit_price", "it is missing") }
            let quantity = try item.text("quantity") ?? "1"
            let (sku, label, taxRate) = (try item.text("sku"), try item.text("name"), try item.text("tax_rate"))
            do throws(ValueError) {
                var rate: Percentage?
                if let taxRate { rate = try Percentage(parsing: taxRate) }
                return OrderLine(
                    sku: sku, name: label, quantity: try Quantity(parsing: quantity),
                    unitPrice: try UnitPrice(parsing: price), taxRate: rate)
            } catch {
                throw item.bad(nil, error.description)
            }
        }
    }
}
