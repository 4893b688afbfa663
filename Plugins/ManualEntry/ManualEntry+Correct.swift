import ChannelKit

extension ManualEntry {
    /// Takes an entry back and enters it anew, each leading to the other.
    func correct(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let services = transaction.services
        let entry = try order(named: arguments, services)
        if let newer = try correction(of: entry.id, services) {
            throw ChannelRefusal.conflict(
                "already-corrected", "order \(newer.rawValue) corrects it; correct that one",
                details: [JSON.Member(name: "order", value: .integer(newer.rawValue))])
        }
        if entry.state.isClosed { throw OrderError.closed(entry.state) }
        guard entry.refunded.minor == 0 else {
            throw ChannelRefusal.conflict("has-refunds", "something was given back for it already")
        }
        let draft = try draft(correcting: entry, by: arguments, transaction)

        // The coupon must be free before the new entry uses it.
        var reversal = OrderChange()
        (reversal.state, reversal.channelState) = (.cancelled, "cancelled")
        let cancelled = try transaction.update(entry, reversal)
        // It is the same use of the coupon, whatever a cancellation gives back.
        try transaction.withdrawCoupon(of: cancelled)
        let registration = try transaction.register(draft)
        guard !registration.isExisting else {
            throw ChannelRefusal.conflict("ext-taken", "another entry has this ext")
        }
        var link = OrderChange()
        link.details = try Details(storedWith: cancelled).setting([
            JSON.Member(name: "corrected_by", value: .integer(registration.order.rawValue))
        ])
        try transaction.update(cancelled, link)
        try transaction.change(
            "UPDATE manual__entry SET corrected_by = ? WHERE order_id = ?", .integer(registration.order.rawValue),
            .integer(entry.id.rawValue))
        try transaction.change(
            "UPDATE manual__entry SET corrects = ? WHERE order_id = ?", .integer(entry.id.rawValue),
            .integer(registration.order.rawValue))
        try transaction.note("corrected", customer: entry.match.customer, order: entry.id) { writer in
            writer.member("by", registration.order.rawValue)
            writer.member("total", registration.amounts.total.text)
            writer.member("was", entry.amounts.total.text)
        }
        return .ok(try row(of: services.order(registration.order), services))
    }

    private func order(named arguments: Details, _ services: ChannelServices) throws -> Order {
        if let id = try arguments.integer("id") { return try services.order(OrderID(rawValue: id)) }
        guard let ext = try arguments.text("ext") else { throw ChannelRefusal.incomplete(["id or ext"]) }
        guard let order = try services.order(ext: ext) else { throw OrderError.notFound }
        return order
    }

    private func correction(of order: OrderID, _ services: ChannelServices) throws -> OrderID? {
        try services.first(
            "SELECT corrected_by FROM manual__entry WHERE order_id = ? AND corrected_by IS NOT NULL",
            .integer(order.rawValue)
        ) { OrderID(rawValue: $0.integer(0)) }
    }

    /// The entry as it should have been: what the arguments do not say stays.
    private func draft(
        correcting entry: Order, by arguments: Details, _ transaction: ChannelTransaction
    ) throws -> OrderDraft {
        let names = ["lines", "total", "customer", "coupon", "placed_at", "details"]
        guard names.contains(where: { arguments.json[$0] != nil && arguments.json[$0] != .null }) else {
            throw ChannelRefusal("nothing-corrected", "say what is to be different: \(names.joined(separator: ", "))")
        }
        let currency = entry.amounts.total.currency
        let given = try arguments.object("details")
        var lines = try arguments.orderLines("lines")
        var declared = try arguments.amount("total", in: currency)
        if lines.isEmpty, declared == nil {
            lines = try transaction.services.lines(of: entry)
            if lines.isEmpty { declared = entry.amounts.subtotal }
        }
        var draft = OrderDraft(
            channel: Self.descriptor.id, ext: try arguments.text("new_ext"),
            buyer: try buyer(of: entry, arguments, transaction.occasion.shop),
            kind: entry.kind, state: entry.state, currency: currency, lines: lines, declared: declared,
            details: try details(correcting: entry, given, reason: arguments.text("reason")))
        draft.channelState = entry.channelState
        draft.isStateGiven = true
        let placedAt = try arguments.instant("placed_at", zone: transaction.occasion.shop.timeZone)
        let isToldInDetails = given?.missing("occurred_at").isEmpty ?? false
        draft.placedAt = placedAt ?? (isToldInDetails ? nil : entry.placedAt)
        if let placedAt, placedAt > transaction.occasion.at {
            throw ChannelRefusal("in-the-future", "placed_at is later than now")
        }
        let coupon = try arguments.text("coupon") ?? entry.coupon
        draft.coupon = coupon.flatMap { $0.isEmpty ? nil : $0 }
        draft.isPaidInFull = entry.paid == entry.amounts.total && entry.paid.minor != 0
        draft.paidMinor = entry.paid.minor
        draft.isTest = entry.isTest
        return draft
    }

    private func buyer(of entry: Order, _ arguments: Details, _ shop: Shop) throws -> Buyer {
        guard arguments.missing("customer").isEmpty else {
            return entry.match.customer.map { .customer($0) }
                ?? .described(BuyerDescription(fields: CustomerFields(), ext: nil, snapshot: entry.buyer))
        }
        return try arguments.buyer("customer", in: shop)
    }

    /// The details of the entry, changed; who corrects it has entered it.
    private func details(correcting entry: Order, _ given: Details?, reason: String?) throws -> JSONFragment {
        var members = try Details(storedWith: entry).json.objectValue ?? []
        members.removeAll { ["corrects", "corrected_by", "staff", "reason"].contains($0.name) }
        for member in given?.json.objectValue ?? [] {
            members.removeAll { $0.name == member.name }
            if member.value != .null { members.append(member) }
        }
        members.append(JSON.Member(name: "corrects", value: .integer(entry.id.rawValue)))
        if let reason { members.append(JSON.Member(name: "reason", value: .string(reason))) }
        return JSONFragment(of: JSON.object(members).canonical)
    }
}
