import ChannelKit

/// What an order sold and what of it may still come back.
struct Goods {
    /// A position and how much of it is still with the customer.
    struct Position {
        /// Counted from 1.
        let number: Int
        let line: OrderLine
        var left: Quantity
        /// What was paid for one, less the discount's part.
        let price: UnitPrice

        var shape: JSONFragment {
            JSONWriter.object { writer in
                writer.member("position", number)
                writer.member("sku", line.sku)
                writer.member("name", line.name)
                writer.member("quantity", line.quantity.text)
                writer.member("unit_price", line.unitPrice.text(atLeast: 2))
                writer.member("left", left.text)
            }
        }
    }

    let order: Order
    private(set) var positions: [Position] = []
    /// What may still be given back.
    let left: Money

    init(of order: Order, _ services: ChannelServices) throws {
        self.order = order
        let currency = order.amounts.total.currency
        let isOver = order.kind == .return || Receipt.Standing(order.state) == .voided
        let given = order.refunded.minor + (try Receipt.returnedMinor(of: order.id, services))
        let taken = min(order.amounts.total.minor, order.paid.minor)
        left = Money(minor: isOver ? 0 : max(0, taken - given), currency: currency)

        let lines = try services.lines(of: order)
        let discounted = try services.discountedPositions(of: order)
        let base = try lineSubtotal(
            discounted.map { (lines[$0].quantity, lines[$0].unitPrice) }, in: currency
        ).minor
        let back = try services.all(
            """
            SELECT t.position, sum(t.quantity_micros)
            FROM pos__returned t JOIN pos__receipt r ON r.order_id = t.order_id
            WHERE t.original_id = ? AND r.standing <> 'voided' GROUP BY t.position
            """, .integer(order.id.rawValue)
        ) { (position: Int($0.integer(0)), micros: $0.integer(1)) }
        for (index, line) in lines.enumerated() {
            let returned = back.first { $0.position == index + 1 }?.micros ?? 0
            var price = line.unitPrice
            if discounted.contains(index), base > 0 {
                let micros = Int128(price.micros) * Int128(base - order.amounts.discount.minor) / Int128(base)
                price = UnitPrice(micros: Int64(clamping: micros))
            }
            positions.append(
                Position(
                    number: index + 1, line: line,
                    left: Quantity(micros: isOver ? 0 : max(0, line.quantity.micros - returned)), price: price))
        }
    }

    /// Takes out what a caller lists: `[{position or sku, quantity}]`; without a quantity all that is left.
    ///
    /// - Returns: What comes back, by position, above 0.
    /// - Throws: ``ChannelRefusal``, with slug `no-line` or `return-exceeds-sale`.
    mutating func take(_ wanted: [Details]) throws -> [(position: Position, quantity: Quantity)] {
        var taken: [(position: Position, quantity: Quantity)] = []
        for item in wanted {
            let sku = try item.text("sku")
            let number = try item.integer("position")
            guard sku != nil || number != nil else { throw item.bad(nil, "a position or a sku is needed here") }
            let fitting = positions.indices.filter { index in
                (sku == nil || positions[index].line.sku == sku)
                    && (number == nil || Int64(positions[index].number) == number)
            }
            taken += try take(quantity(of: item), from: fitting)
        }
        return taken
    }

    /// Takes out what the lines of a return bring back: those below 0, or all where none is.
    ///
    /// - Throws: ``ChannelRefusal``, with slug `no-line` or `return-exceeds-sale`.
    mutating func take(broughtBackBy lines: [OrderLine]) throws -> [(position: Position, quantity: Quantity)] {
        var taken: [(position: Position, quantity: Quantity)] = []
        let isUnsigned = lines.allSatisfy { $0.quantity.micros >= 0 }
        for line in lines where line.quantity.micros != 0 && (isUnsigned || line.quantity.micros < 0) {
            let fitting = positions.indices.filter { index in
                let sold = positions[index].line
                return sold.sku == line.sku && (line.sku != nil || sold.name == line.name)
            }
            taken += try take(Int64(clamping: line.quantity.micros.magnitude), from: fitting)
        }
        return taken
    }

    /// Takes a quantity out of some positions; all that is left without one.
    private mutating func take(
        _ wanted: Int64?, from fitting: [Int]
    ) throws -> [(position: Position, quantity: Quantity)] {
        guard !fitting.isEmpty else { throw ChannelRefusal.notFound("no-line", "the sale has no such line") }
        var taken: [(position: Position, quantity: Quantity)] = []
        let available = fitting.reduce(0) { $0 + positions[$1].left.micros }
        var rest = wanted ?? available
        guard rest > 0, rest <= available else {
            throw ChannelRefusal.conflict(
                "return-exceeds-sale", "\(Quantity(micros: available).text) of it may still come back",
                details: [JSON.Member(name: "left", value: .string(Quantity(micros: available).text))])
        }
        for index in fitting where rest > 0 {
            let part = min(rest, positions[index].left.micros)
            guard part > 0 else { continue }
            positions[index].left = Quantity(micros: positions[index].left.micros - part)
            taken.append((positions[index], Quantity(micros: part)))
            rest -= part
        }
        return taken
    }

    /// Takes out all that is left.
    mutating func takeAll() -> [(position: Position, quantity: Quantity)] {
        positions.indices.compactMap { index in
            let quantity = positions[index].left
            guard quantity.micros > 0 else { return nil }
            positions[index].left = Quantity(micros: 0)
            return (positions[index], quantity)
        }
    }

    /// Whether nothing is left that could come back.
    var isTaken: Bool { positions.allSatisfy { $0.left.micros == 0 } }

    private func quantity(of item: Details) throws -> Int64? {
        guard let text = try item.text("quantity") else { return nil }
        do {
            let micros = try Quantity(parsing: text).micros
            guard micros > 0 else { throw item.bad("quantity", "more than 0 is needed here") }
            return micros
        } catch let error as ValueError {
            throw item.bad("quantity", error.description)
        }
    }
}
