public import ChannelKit

extension ManualEntry {
    public static let verbs: [ChannelVerb] = [
        .write(
            "correct", "takes an entry back and enters it anew, each leading to the other; its coupon is used anew",
            [
                .optional("id", .integer, "the entry's order"),
                .optional("ext", .text, "or its ext"),
                .optional("lines", .list, "the lines as they should have been; those of the entry where absent"),
                .optional("total", .amount, "what it should have come to: the amount without lines, a check with them"),
                .optional("customer", .buyer, "whose it should have been: an id, or {email, name, phone, …}"),
                .optional("coupon", .text, "the coupon it should have used; empty for none"),
                .optional("placed_at", .time, "when it should have been placed"),
                .optional("details", .object, "members of the details as they should have been; null takes one out"),
                .optional("new_ext", .text, "the ext of the new entry"),
                .optional("reason", .text, "why; for staff only"),
            ], ManualEntry.correct),
        .read(
            "list", "lists entries, newest first",
            [
                .optional("source", .text, "only from whatsapp, phone, market, letter or other"),
                .optional("day", .text, "only those placed on this day, such as 2026-11-22"), .limit, .after,
            ], ManualEntry.list),
    ]

    private func list(_ arguments: Details, _ services: ChannelServices) throws -> ChannelReply {
        let source = try arguments.word("source", among: Source.allCases.map(\.rawValue))
        let day = try arguments.text("day")
        if try arguments.instant("day", zone: .gmt) != nil, day?.utf8.count != 10 {
            throw arguments.bad("day", "a day such as 2026-11-22 is needed here")
        }
        let page = try arguments.page()
        let last = Value.integer(try page.position(1) { $0[0].integerValue } ?? .max)
        let limit = Value.integer(Int64(page.limit + 1))
        let found: [OrderID]
        switch (day, source) {
        case (let day?, _):
            found = try services.all(
                """
                SELECT order_id FROM manual__entry
                WHERE day = ? AND (? IS NULL OR source = ?) AND order_id < ? ORDER BY order_id DESC LIMIT ?
                """, .text(day), .text(orNull: source), .text(orNull: source), last, limit, element: Self.id)
        case (nil, let source?):
            found = try services.all(
                """
                SELECT order_id FROM manual__entry WHERE source = ? AND order_id < ? ORDER BY order_id DESC LIMIT ?
                """, .text(source), last, limit, element: Self.id)
        case (nil, nil):
            found = try services.all(
                "SELECT order_id FROM manual__entry WHERE order_id < ? ORDER BY order_id DESC LIMIT ?", last, limit,
                element: Self.id)
        }
        let shown = found.prefix(page.limit)
        return .list(
            try shown.map { try row(of: services.order($0), services) },
            next: found.count > page.limit ? shown.last.map { [.integer($0.rawValue)] } : nil)
    }

    private static func id(_ row: Row) -> OrderID { OrderID(rawValue: row.integer(0)) }

    /// An entry with its source, who entered it, and what corrects it.
    func row(of order: Order, _ services: ChannelServices) throws -> JSONFragment {
        let details = try Details(storedWith: order)
        let source = try details.text("source")
        let staff = try details.text("staff")
        let links = try services.first(
            "SELECT corrects, corrected_by FROM manual__entry WHERE order_id = ?", .integer(order.id.rawValue)
        ) { (corrects: $0.integerOrNil(0), correctedBy: $0.integerOrNil(1)) }
        return JSONWriter.object { writer in
            writer.member("order", order.id.rawValue)
            writer.member("ext", order.ext)
            writer.member("source", source)
            writer.member("staff", staff)
            writer.member("occurred_at", order.placedAt.text)
            writer.member("recorded_at", order.recordedAt.text)
            writer.member("customer", order.match.customer?.rawValue)
            writer.member("state", order.channelState ?? order.state.rawValue)
            writer.member("total", order.amounts.total.text)
            writer.member("currency", order.amounts.total.currency.code)
            writer.member("coupon", order.coupon)
            writer.member("corrects", links?.corrects)
            writer.member("corrected_by", links?.correctedBy)
            writer.member("test", order.isTest)
        }
    }
}
