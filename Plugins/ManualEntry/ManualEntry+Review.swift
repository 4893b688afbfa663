public import ChannelKit

extension ManualEntry {
    /// Warns of what looks entered already: customers of the buyer's name, when nothing stronger says who the buyer is,
    /// and orders of the same day and source that come to the same.
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        try namesakes(of: draft, services) + twins(of: draft, services)
    }

    /// Writes down what an entry is found and compared by.
    public func record(
        _ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction
    ) throws {
        let details = try Details(JSON(parsing: draft.details.bytes))
        _ = try transaction.insert(
            """
            INSERT INTO manual__entry (order_id, source, day, currency, subtotal_minor, is_test)
            VALUES (?, ?, ?, ?, ?, ?)
            """, .integer(registration.order.rawValue), .text(try details.text("source") ?? ""),
            .text(Self.day(of: draft, transaction.occasion)), .text(draft.currency.code),
            .integer(registration.amounts.subtotal.minor), .flag(draft.isTest))
    }

    /// Lets the source follow a change of the details.
    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        guard order.details != before.details, let source = try Details(storedWith: order).text("source") else {
            return
        }
        try transaction.change(
            "UPDATE manual__entry SET source = ? WHERE order_id = ?", .text(source), .integer(order.id.rawValue))
    }

    private func namesakes(of draft: OrderDraft, _ services: ChannelServices) throws -> [String] {
        guard case .described(let buyer) = draft.buyer, buyer.fields.email == nil, let name = buyer.fields.fullName,
            try services.customer(matching: buyer) == nil
        else { return [] }
        let folded = Folding.folded(name)
        return try services.customers(named: name)
            .filter { $0.isTest == draft.isTest && $0.fields.fullName.map(Folding.folded) == folded }
            .map { "customer \($0.number) has the same name" }
    }

    private func twins(of draft: OrderDraft, _ services: ChannelServices) throws -> [String] {
        guard let subtotal = try Self.subtotal(of: draft) else { return [] }
        let details = try Details(JSON(parsing: draft.details.bytes))
        let twins = try services.all(
            """
            SELECT order_id FROM manual__entry
            WHERE day = ? AND source = ? AND currency = ? AND subtotal_minor = ? AND is_test = ?
                AND corrected_by IS NULL
            ORDER BY order_id DESC LIMIT 5
            """, .text(Self.day(of: draft, services.occasion)), .text(try details.text("source") ?? ""),
            .text(draft.currency.code), .integer(subtotal.minor), .flag(draft.isTest)
        ) { OrderID(rawValue: $0.integer(0)) }
        guard !twins.isEmpty else { return [] }
        let customer = try customer(of: draft, services)
        return try twins.map(services.order).filter { order in
            // What two people bought is no duplicate.
            let isSomebodyElse = customer != nil && order.match.customer != nil && customer != order.match.customer
            return !order.state.isClosed && !isSomebodyElse
        }.map { "order \($0.id.rawValue) of the same day and source comes to the same" }
    }

    private func customer(of draft: OrderDraft, _ services: ChannelServices) throws -> CustomerID? {
        switch draft.buyer {
        case .customer(let id): id
        case .described(let buyer): try services.customer(matching: buyer)?.id
        case .anonymous: nil
        }
    }

    private static func day(of draft: OrderDraft, _ occasion: Occasion) -> String {
        (draft.placedAt ?? occasion.at).day(in: occasion.shop.timeZone)
    }

    private static func subtotal(of draft: OrderDraft) throws -> Money? {
        let minor =
            draft.lines.isEmpty
            ? draft.declared?.minor
            : try lineSubtotal(draft.lines.map { ($0.quantity, $0.unitPrice) }, in: draft.currency).minor
        // Goods that come back may be told with and without a sign.
        return minor.map { Money(minor: draft.kind == .return ? -abs($0) : $0, currency: draft.currency) }
    }
}
