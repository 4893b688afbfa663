import ChannelKit

extension PointOfSale {
    /// Registers what a till sold while it was offline, in the order of the sales, whatever the order of the queue.
    ///
    /// What is refused keeps nothing else out; what is there already stays.
    func replay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let sales = try arguments.objects("sales")
        guard !sales.isEmpty else { throw ChannelRefusal.incomplete(["sales"]) }
        let queue = try sales.enumerated().map { index, sale in
            guard let ext = try sale.text("ext"), !ext.isEmpty else {
                throw sale.bad("ext", "a sale that may come twice needs an id of its own")
            }
            let soldAt = try sale.instant("placed_at", zone: transaction.occasion.shop.timeZone)
            guard let soldAt else { throw sale.bad("placed_at", "it is missing") }
            return Queued(index: index, ext: ext, soldAt: soldAt, sale: sale)
        }
        let rows = try queue.sorted(by: <).map { queued in
            (queued.index, try row(of: queued, transaction))
        }
        return .list(rows.sorted { $0.0 < $1.0 }.map(\.1))
    }

    private func row(of queued: Queued, _ transaction: ChannelTransaction) throws -> JSONFragment {
        do {
            let registration = try transaction.attempt { try transaction.register(draft(of: queued, transaction)) }
            let receipt = try Receipt.of(registration.order, transaction.services)
            return JSONWriter.object { writer in
                writer.member("ext", queued.ext)
                writer.member("order", registration.order.rawValue)
                writer.member("existing", registration.isExisting)
                writer.member("receipt", receipt?.receipt)
                writer.member("business_day", receipt?.businessDay)
                writer.member("late", receipt?.isLate ?? false)
                writer.member("total", registration.amounts.total.text)
            }
        } catch let refusal as any Refusal {
            return JSONWriter.object { writer in
                writer.member("ext", queued.ext)
                writer.member("code", refusal.kind.rawValue)
                writer.member("error", refusal.slug)
                writer.member("message", refusal.description)
            }
        }
    }

    private func draft(of queued: Queued, _ transaction: ChannelTransaction) throws -> OrderDraft {
        let sale = queued.sale
        let known = [
            "ext", "placed_at", "customer", "lines", "total", "currency", "kind", "state", "coupon", "details", "test",
        ]
        for member in sale.json.objectValue ?? [] where !known.contains(member.name) {
            throw sale.bad(member.name, "a sale has \(known.joined(separator: ", "))")
        }
        var currency = transaction.occasion.shop.currency
        if let code = try sale.text("currency") {
            do throws(ValueError) { currency = try Currency(code) } catch {
                throw sale.bad("currency", error.description)
            }
        }
        guard let details = try sale.object("details") else { throw sale.bad("details", "it is missing") }
        var draft = OrderDraft(
            channel: Self.descriptor.id, ext: queued.ext,
            buyer: try sale.buyer("customer", in: transaction.occasion.shop),
            kind: try sale.word("kind", among: OrderKind.allCases.map(\.rawValue)).flatMap(OrderKind.init) ?? .order,
            state: .open, currency: currency, lines: try sale.orderLines("lines"),
            declared: try sale.amount("total", in: currency), details: JSONFragment(of: details.json.canonical))
        draft.placedAt = queued.soldAt
        draft.coupon = try sale.text("coupon")
        draft.isTest = try sale.flag("test") ?? false
        if let state = try sale.word("state", among: Self.descriptor.states.map(\.name)) {
            draft.state = try self.state(for: state)
            draft.channelState = state
            draft.isStateGiven = true
        }
        return draft
    }

    /// A sale that waits.
    private struct Queued {
        let index: Int
        let ext: String
        let soldAt: Instant
        let sale: Details

        static func < (left: Queued, right: Queued) -> Bool {
            (left.soldAt, left.ext) < (right.soldAt, right.ext)
        }
    }
}
