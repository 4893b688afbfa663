internal import Storage

extension OrderReader {
    /// A product as a channel sold it last, nil when it has not sold it.
    ///
    /// Of a product that other channels sell too, the last 1,000 sales are looked through.
    public func productSold(_ sku: String, channel: String) throws -> Product? {
        try transaction.first(
            """
            SELECT line.sku, line.name, line.unit_price_micros, customer_order.currency FROM (
                SELECT order_id, sku, name, unit_price_micros FROM order_line
                WHERE sku = ? ORDER BY order_id DESC LIMIT 1000
            ) AS line JOIN customer_order ON customer_order.id = line.order_id
            WHERE customer_order.channel = ? AND line.name IS NOT NULL ORDER BY line.order_id DESC LIMIT 1
            """, .text(sku), .text(channel)
        ) { row in
            Product(
                sku: row.text(0), name: row.text(1), unitPrice: UnitPrice(micros: row.integer(2)),
                currency: Currency(stored: row.text(3)))
        }
    }
}
