public import ChannelKit

extension OnlineShop {
    /// A product as the shop set it; one it has not set as it sold it last.
    public func product(_ sku: String, _ services: ChannelServices) throws -> Product? {
        try item(sku, services)?.product ?? services.productSold(sku)
    }

    /// Names the lines of known products that come without a name.
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        for index in draft.lines.indices where draft.lines[index].name == nil {
            guard let sku = draft.lines[index].sku else { continue }
            draft.lines[index].name = try item(sku, services)?.name
        }
        return []
    }

    func products(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let page = try arguments.page()
        let sku = try page.position(1) { $0[0].stringValue }
        let items = try services.all(
            """
            SELECT sku, name, unit_price_micros, currency, tax_rate_millionths, is_archived FROM online_shop__product
            WHERE sku > ? AND (is_archived = 0 OR ?) ORDER BY sku LIMIT ?
            """, .text(sku ?? ""), .flag(try arguments.flag("archived") ?? false), .integer(Int64(page.limit) + 1),
            element: ShopItem.init)
        let shown = items.prefix(page.limit)
        guard items.count > page.limit, let last = shown.last else { return .list(shown.map(\.shape)) }
        return .list(shown.map(\.shape), next: [.string(last.sku)])
    }

    func setProduct(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let services = transaction.services
        let sku = try arguments.text("sku") ?? ""
        guard !sku.allSatisfy(\.isWhitespace) else { throw arguments.bad("sku", "it cannot be blank") }
        let former = try item(sku, services)
        guard let name = try arguments.text("name") ?? former?.name, !name.allSatisfy(\.isWhitespace) else {
            throw ChannelRefusal.incomplete(["name"])
        }
        var item = former ?? ShopItem(sku: sku, name: name)
        item.name = name
        if let isArchived = try arguments.flag("archived") { item.isArchived = isArchived }
        try price(arguments, transaction.occasion.shop, &item)
        guard item != former else { return .ok(item.shape) }
        try transaction.change(
            """
            INSERT INTO online_shop__product (sku, name, unit_price_micros, currency, tax_rate_millionths, is_archived,
                changed_at)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (sku) DO UPDATE SET name = excluded.name, unit_price_micros = excluded.unit_price_micros,
                currency = excluded.currency, tax_rate_millionths = excluded.tax_rate_millionths,
                is_archived = excluded.is_archived, changed_at = excluded.changed_at
            """, .text(sku), .text(item.name), .integer(orNull: item.unitPrice?.micros),
            .text(orNull: item.currency?.code), .integer(orNull: item.taxRate?.millionths), .flag(item.isArchived),
            .integer(transaction.occasion.at.seconds))
        try transaction.note("product-set") { writer in
            writer.member("sku", sku)
            writer.member("name", item.name)
        }
        return .ok(item.shape)
    }

    private func price(_ arguments: Details, _ shop: Shop, _ item: inout ShopItem) throws {
        do {
            if let code = try arguments.text("currency") { item.currency = try Currency(code) }
        } catch let error as ValueError {
            throw arguments.bad("currency", error.description)
        }
        do {
            if let text = try arguments.text("price") {
                item.unitPrice = try UnitPrice(parsing: text)
                item.currency = item.currency ?? shop.currency
            }
        } catch let error as ValueError {
            throw arguments.bad("price", error.description)
        }
        guard item.unitPrice?.micros ?? 0 >= 0 else { throw arguments.bad("price", "at least 0 is needed") }
        do {
            if let text = try arguments.text("tax_rate") { item.taxRate = try Percentage(parsing: text) }
        } catch let error as ValueError {
            throw arguments.bad("tax_rate", error.description)
        }
    }

    private func item(_ sku: String, _ services: ChannelServices) throws -> ShopItem? {
        try services.first(
            """
            SELECT sku, name, unit_price_micros, currency, tax_rate_millionths, is_archived FROM online_shop__product
            WHERE sku = ?
            """, .text(sku), element: ShopItem.init)
    }
}
