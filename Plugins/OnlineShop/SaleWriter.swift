import ChannelKit

/// Writes what has become of the shop's orders.
struct SaleWriter {
    private let transaction: ChannelTransaction

    init(_ transaction: ChannelTransaction) {
        self.transaction = transaction
    }

    /// Writes what has changed since `before`; nil for an order of which nothing was noted so far.
    ///
    /// - Throws: `StorageError` where the schema forbids it, such as more goods returned than shipped.
    func save(_ sale: Sale, over before: Sale?) throws {
        guard sale != before else { return }
        try saveHead(sale)
        for line in sale.lines where before?.lines.contains(line) != true { try save(line, of: sale.order) }
        for payment in sale.payments where before?.payments.contains(payment) != true {
            try save(payment, of: sale.order)
        }
        for refund in sale.refunds where before?.refunds.contains(refund) != true { try save(refund, of: sale.order) }
        for shipment in sale.shipments where before?.shipments.contains(shipment) != true {
            try save(shipment, of: sale.order)
        }
        for goods in sale.returns where before?.returns.contains(goods) != true { try save(goods, of: sale.order) }
    }

    private func saveHead(_ sale: Sale) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__sale (order_id, payment_mark, is_said_partial, total_minor,
                paid_minor, refunded_minor, written_off_minor, shipping_minor, shipping_refunded_minor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (order_id) DO UPDATE SET payment_mark = excluded.payment_mark,
                is_said_partial = excluded.is_said_partial,
                paid_minor = excluded.paid_minor, refunded_minor = excluded.refunded_minor,
                written_off_minor = excluded.written_off_minor,
                shipping_refunded_minor = excluded.shipping_refunded_minor
            """, .integer(sale.order.rawValue),
            .text(orNull: sale.paymentMark?.rawValue), .flag(sale.isSaidPartial), .integer(sale.totalMinor),
            .integer(sale.paidMinor), .integer(sale.refundedMinor), .integer(sale.writtenOffMinor),
            .integer(sale.shippingMinor), .integer(sale.shippingRefundedMinor))
    }

    private func save(_ line: SaleLine, of order: OrderID) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__line (order_id, line, ordered_micros, fulfilled_micros, returning_micros,
                returned_micros, refunded_micros, cancelled_micros)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (order_id, line) DO UPDATE SET fulfilled_micros = excluded.fulfilled_micros,
                returning_micros = excluded.returning_micros, returned_micros = excluded.returned_micros,
                refunded_micros = excluded.refunded_micros, cancelled_micros = excluded.cancelled_micros
            """, .integer(order.rawValue), .integer(line.number), .integer(line.ordered), .integer(line.fulfilled),
            .integer(line.returning), .integer(line.returned), .integer(line.refunded), .integer(line.cancelled))
    }

    private func save(_ payment: PaymentRecord, of order: OrderID) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__payment (order_id, number, amount_minor, method, reference, paid_at, is_void)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (order_id, number) DO UPDATE SET is_void = excluded.is_void
            """, .integer(order.rawValue), .integer(payment.number), .integer(payment.amountMinor),
            .text(orNull: payment.method), .text(orNull: payment.reference), .integer(payment.at.seconds),
            .flag(payment.isVoid))
    }

    private func save(_ refund: RefundRecord, of order: OrderID) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__refund (order_id, number, amount_minor, method, reference, reason, refunded_at,
                shipping_minor)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """, .integer(order.rawValue), .integer(refund.number), .integer(refund.amountMinor),
            .text(orNull: refund.method), .text(orNull: refund.reference), .text(orNull: refund.reason),
            .integer(refund.at.seconds), .integer(refund.shippingMinor))
        try save(refund.parts, "refund", refund.number, of: order)
    }

    private func save(_ shipment: Shipment, of order: OrderID) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__shipment (order_id, number, carrier, tracking, shipped_at, delivered_at)
            VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (order_id, number) DO UPDATE SET delivered_at = excluded.delivered_at
            """, .integer(order.rawValue), .integer(shipment.number), .text(orNull: shipment.carrier),
            .text(orNull: shipment.tracking), .integer(shipment.shippedAt.seconds),
            .integer(orNull: shipment.deliveredAt?.seconds))
        try save(shipment.parts, "shipment", shipment.number, of: order)
    }

    private func save(_ goods: GoodsReturn, of order: OrderID) throws {
        try transaction.change(
            """
            INSERT INTO online_shop__return (order_id, number, reason, requested_at, received_at)
            VALUES (?, ?, ?, ?, ?) ON CONFLICT (order_id, number) DO UPDATE SET received_at = excluded.received_at
            """, .integer(order.rawValue), .integer(goods.number), .text(orNull: goods.reason),
            .integer(goods.requestedAt.seconds), .integer(orNull: goods.receivedAt?.seconds))
        // What has come may be less than what was announced.
        try transaction.change(
            "DELETE FROM online_shop__part WHERE order_id = ? AND kind = 'return' AND number = ?",
            .integer(order.rawValue), .integer(goods.number))
        try save(goods.parts, "return", goods.number, of: order)
    }

    private func save(_ parts: [SalePart], _ kind: String, _ number: Int64, of order: OrderID) throws {
        for part in parts {
            try transaction.change(
                """
                INSERT INTO online_shop__part (order_id, kind, number, line, quantity_micros) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """, .integer(order.rawValue), .text(kind), .integer(number), .integer(part.line),
                .integer(part.quantity))
        }
    }
}
