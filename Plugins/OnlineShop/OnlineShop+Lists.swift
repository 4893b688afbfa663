import ChannelKit

extension OnlineShop {
    func show(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let order = try sold(arguments, services)
        return .ok(try SaleReader(services).sale(of: order).shape(of: order))
    }

    func shipments(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let isDelivered = try arguments.flag("delivered")
        let position = try page.position(2) { values -> (order: Int64, number: Int64)? in
            guard let order = values[0].integerValue, let number = values[1].integerValue else { return nil }
            return (order, number)
        }
        var rows: [Row] = []
        if arguments.json["order"] ?? .null != .null || arguments.json["ext"] ?? .null != .null {
            let order = try sold(arguments, services)
            rows = try SaleReader(services).sale(of: order).shipments.reversed()
                .filter { isDelivered == nil || isDelivered == ($0.deliveredAt != nil) }
                .map { (order: order.id, shipment: $0) }
                .filter { row in position.map { row.shipment.number < $0.number } ?? true }
        } else {
            rows = try underWay(isDelivered, before: position, services, limit: Int64(page.limit) + 1)
        }
        let shown = rows.prefix(page.limit)
        let shapes = try shown.map { row in
            let order = try services.order(row.order)
            return JSONWriter.object { writer in
                writer.member("order", row.order.rawValue)
                writer.member("ext", order.ext)
                writer.shipment(row.shipment)
            }
        }
        guard rows.count > page.limit, let last = shown.last else { return .list(shapes) }
        return .list(shapes, next: [.integer(last.order.rawValue), .integer(last.shipment.number)])
    }

    private typealias Row = (order: OrderID, shipment: Shipment)

    private func underWay(
        _ isDelivered: Bool?, before position: (order: Int64, number: Int64)?, _ services: ChannelServices, limit: Int64
    ) throws -> [Row] {
        let (order, number) = position ?? (.max, .max)
        let keys: [(order: OrderID, number: Int64)]
        if isDelivered == false {
            keys = try services.all(
                """
                SELECT order_id, number FROM online_shop__shipment
                WHERE delivered_at IS NULL AND (order_id, number) < (?, ?)
                ORDER BY order_id DESC, number DESC LIMIT ?
                """, .integer(order), .integer(number), .integer(limit)
            ) { (OrderID(rawValue: $0.integer(0)), $0.integer(1)) }
        } else {
            keys = try services.all(
                """
                SELECT order_id, number FROM online_shop__shipment
                WHERE (order_id, number) < (?, ?) AND (? = 0 OR delivered_at IS NOT NULL)
                ORDER BY order_id DESC, number DESC LIMIT ?
                """, .integer(order), .integer(number), .flag(isDelivered == true), .integer(limit)
            ) { (OrderID(rawValue: $0.integer(0)), $0.integer(1)) }
        }
        let reader = SaleReader(services)
        return try keys.compactMap { key in
            let sale = try reader.sale(of: services.order(key.order))
            return sale.shipments.first { $0.number == key.number }.map { (key.order, $0) }
        }
    }

    /// The most orders one page looks at, so that a state that few orders are in still answers soon.
    private static let budget = 2_000

    func orders(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let fulfilments = try words("fulfilment", arguments, Fulfilment.State.init)
        let payments = try words("payment", arguments, Payment.State.init)
        let from = try arguments.instant("from", zone: services.occasion.shop.timeZone)
        var cursor = try page.position(2) { values -> OrderCursor? in
            guard let at = values[0].integerValue, let id = values[1].integerValue else { return nil }
            return OrderCursor(placedAt: at, id: id)
        }
        let reader = SaleReader(services)
        var rows: [JSONFragment] = []
        var examined = 0
        while examined < Self.budget {
            let (orders, next) = try services.orders(from: from, after: cursor, limit: min(page.limit, 200))
            for listed in orders where listed.kind == .order {
                let order = try services.order(listed.id)
                let sale = try reader.sale(of: order)
                guard fulfilments?.contains(sale.fulfilment) ?? true, payments?.contains(sale.payment) ?? true else {
                    continue
                }
                rows.append(sale.row(of: order))
                if rows.count == page.limit {
                    return .list(rows, next: [.integer(order.placedAt.seconds), .integer(order.id.rawValue)])
                }
            }
            guard let next else { return .list(rows) }
            cursor = next
            examined += max(1, orders.count)
        }
        return .list(rows, next: cursor.map { [.integer($0.placedAt), .integer($0.id)] })
    }

    private func words<State: RawRepresentable<String> & CaseIterable>(
        _ name: String, _ arguments: Details, _ read: (String) -> State?
    ) throws -> [State]? {
        guard let values = arguments.json[name]?.arrayValue else { return nil }
        return try values.map { value in
            guard let state = value.stringValue.flatMap(read) else {
                let words = State.allCases.map(\.rawValue).joined(separator: ", ")
                throw arguments.bad(name, "one of \(words) is needed here")
            }
            return state
        }
    }
}
