import ChannelKit

/// Reads what has become of the shop's orders.
struct SaleReader {
    private let services: ChannelServices

    init(_ services: ChannelServices) {
        self.services = services
    }

    /// What has become of an order.
    ///
    /// - Throws: ``ChannelRefusal`` for a return, which is none of the shop's sales.
    func sale(of order: Order) throws -> Sale {
        try noted(of: order) ?? Sale(of: order, services.lines(of: order))
    }

    /// What was noted of an order; nil where nothing was and its details alone tell.
    func noted(of order: Order) throws -> Sale? {
        guard
            let row = try services.first(
                """
                SELECT payment_mark, is_said_partial, written_off_minor, shipping_refunded_minor FROM online_shop__sale
                WHERE order_id = ?
                """, .integer(order.id.rawValue),
                element: {
                    (mark: $0.textOrNil(0), isSaidPartial: $0.flag(1), off: $0.integer(2), shipping: $0.integer(3))
                })
        else { return nil }
        var sale = Sale(order, lines: SaleLine.all(of: order, try services.lines(of: order)))
        sale.paymentMark = row.mark.flatMap(Payment.State.init)
        sale.isSaidPartial = row.isSaidPartial
        sale.writtenOffMinor = row.off
        sale.shippingRefundedMinor = row.shipping
        try readLines(&sale)
        let parts = try parts(of: order.id)
        sale.payments = try payments(of: order.id)
        sale.refunds = try refunds(of: order.id, parts)
        sale.shipments = try shipments(of: order.id, parts)
        sale.returns = try returns(of: order.id, parts)
        return sale
    }

    private func readLines(_ sale: inout Sale) throws {
        let counts = try services.all(
            """
            SELECT line, fulfilled_micros, returning_micros, returned_micros, refunded_micros, cancelled_micros
            FROM online_shop__line WHERE order_id = ? ORDER BY line
            """, .integer(sale.order.rawValue)
        ) { row in (line: row.integer(0), counts: (1...5).map { row.integer(Int32($0)) }) }
        for (number, counts) in counts {
            guard let index = sale.lines.firstIndex(where: { $0.number == number }) else { continue }
            sale.lines[index].fulfilled = counts[0]
            sale.lines[index].returning = counts[1]
            sale.lines[index].returned = counts[2]
            sale.lines[index].refunded = counts[3]
            sale.lines[index].cancelled = counts[4]
        }
    }

    private typealias Parts = [String: [SalePart]]

    private func parts(of order: OrderID) throws -> Parts {
        var parts: Parts = [:]
        let rows = try services.all(
            """
            SELECT kind, number, line, quantity_micros FROM online_shop__part WHERE order_id = ?
            ORDER BY kind, number, line
            """, .integer(order.rawValue)
        ) { row in
            (
                key: "\(row.text(0)) \(row.integer(1))",
                part: SalePart(line: row.integer(2), quantity: row.integer(3))
            )
        }
        for (key, part) in rows { parts[key, default: []].append(part) }
        return parts
    }

    private func payments(of order: OrderID) throws -> [PaymentRecord] {
        try services.all(
            """
            SELECT number, amount_minor, method, reference, paid_at, is_void FROM online_shop__payment
            WHERE order_id = ? ORDER BY number
            """, .integer(order.rawValue)
        ) { row in
            PaymentRecord(
                number: row.integer(0), amountMinor: row.integer(1), method: row.textOrNil(2),
                reference: row.textOrNil(3), at: Instant(seconds: row.integer(4)), isVoid: row.flag(5))
        }
    }

    private func refunds(of order: OrderID, _ parts: Parts) throws -> [RefundRecord] {
        try services.all(
            """
            SELECT number, amount_minor, method, reference, reason, refunded_at, shipping_minor
            FROM online_shop__refund WHERE order_id = ? ORDER BY number
            """, .integer(order.rawValue)
        ) { row in
            RefundRecord(
                number: row.integer(0), amountMinor: row.integer(1), method: row.textOrNil(2),
                reference: row.textOrNil(3), reason: row.textOrNil(4), at: Instant(seconds: row.integer(5)),
                parts: parts["refund \(row.integer(0))"] ?? [], shippingMinor: row.integer(6))
        }
    }

    private func shipments(of order: OrderID, _ parts: Parts) throws -> [Shipment] {
        try services.all(
            """
            SELECT number, carrier, tracking, shipped_at, delivered_at FROM online_shop__shipment
            WHERE order_id = ? ORDER BY number
            """, .integer(order.rawValue)
        ) { row in
            Shipment(
                number: row.integer(0), carrier: row.textOrNil(1), tracking: row.textOrNil(2),
                shippedAt: Instant(seconds: row.integer(3)),
                deliveredAt: row.integerOrNil(4).map(Instant.init(seconds:)),
                parts: parts["shipment \(row.integer(0))"] ?? [])
        }
    }

    private func returns(of order: OrderID, _ parts: Parts) throws -> [GoodsReturn] {
        try services.all(
            """
            SELECT number, reason, requested_at, received_at FROM online_shop__return
            WHERE order_id = ? ORDER BY number
            """, .integer(order.rawValue)
        ) { row in
            GoodsReturn(
                number: row.integer(0), reason: row.textOrNil(1), requestedAt: Instant(seconds: row.integer(2)),
                receivedAt: row.integerOrNil(3).map(Instant.init(seconds:)),
                parts: parts["return \(row.integer(0))"] ?? [])
        }
    }
}
