import ChannelKit

extension PointOfSale {
    /// Registers what a till sold while it was offline, in the order of the sales, whatever the order of the queue.
    ///
    /// What is refused keeps nothing else out; what is there already stays.
    func replay(_ arguments: Details, _ transaction: ChannelTransaction) throws -> ChannelReply {
        let count = arguments.json["sales"]?.arrayValue?.count ?? 0
        guard count > 0 else { throw ChannelRefusal.incomplete(["sales"]) }
        var rows = [JSONFragment?](repeating: nil, count: count)
        var queue: [Queued] = []
        for index in 0..<count {
            rows[index] = try answering(arguments.json["sales"]?.arrayValue?[index]["ext"]?.stringValue) {
                queue.append(try queued(arguments.object("sales", at: index), index, transaction.occasion))
                return nil
            }
        }
        for queued in queue.sorted(by: <) {
            rows[queued.index] = try answering(queued.ext) { try row(of: queued, transaction) }
        }
        return .list(rows.compactMap(\.self))
    }

    private func queued(_ sale: Details, _ index: Int, _ occasion: Occasion) throws -> Queued {
        guard let ext = try sale.text("ext"), !ext.isEmpty else {
            throw sale.bad("ext", "a sale that may come twice needs an id of its own")
        }
        let soldAt = try sale.instant("placed_at", zone: occasion.shop.timeZone)
        guard let soldAt else { throw sale.bad("placed_at", "it is missing") }
        return Queued(index: index, ext: ext, soldAt: soldAt, sale: sale)
    }

    /// What is said of a sale, also when it is refused.
    private func answering(_ ext: String?, _ body: () throws -> JSONFragment?) throws -> JSONFragment? {
        let refusal: any Refusal
        do { return try body() } catch let error as any Refusal { refusal = error } catch let error as ValueError {
            refusal = ChannelRefusal.badValue("sales", error.description)
        }
        return JSONWriter.object { writer in
            writer.member("ext", ext)
            writer.member("code", refusal.kind.rawValue)
            writer.member("error", refusal.slug)
            writer.member("message", refusal.description)
        }
    }

    private func row(of queued: Queued, _ transaction: ChannelTransaction) throws -> JSONFragment {
        let (registration, warnings) = try submit(queued, transaction)
        let receipt = try Receipt.of(registration.order, transaction.services)
        return JSONWriter.object { writer in
            writer.member("ext", queued.ext)
            writer.member("order", registration.order.rawValue)
            writer.member("existing", registration.isExisting)
            writer.member("receipt", receipt?.receipt)
            writer.member("business_day", receipt?.businessDay)
            writer.member("late", receipt?.isLate ?? false)
            writer.member("total", registration.amounts.total.text)
            if !warnings.isEmpty { writer.member("warnings", warnings) }
        }
    }

    /// Registers a sale; it has happened, so it stands without a coupon or a customer that cannot be used.
    private func submit(_ queued: Queued, _ transaction: ChannelTransaction) throws -> RegisteredOrder {
        var warnings: [String] = []
        var draft = try draft(of: queued, transaction, &warnings)
        draft.noteSubmitted()
        while true {
            do {
                let answer = try guarded(draft, transaction) { try transaction.submit(draft) }
                return (answer.registration, answer.registration.isExisting ? [] : warnings + answer.warnings)
            } catch let error as CouponError {
                guard let coupon = draft.coupon else { throw error }
                warnings.append("coupon \(coupon): \(error); the sale stands without it")
                draft.coupon = nil
                // What was taken at the till stays what it was.
                if let declared = draft.declared, draft.kind == .order, !draft.lines.isEmpty {
                    let sum = try lineSubtotal(draft.lines.map { ($0.quantity, $0.unitPrice) }, in: draft.currency)
                    draft.chargesMinor = declared.minor - sum.minor
                }
            } catch let error as CustomerError {
                if case .denied = error { throw error }
                guard draft.buyer != .anonymous else { throw error }
                warnings.append(Self.withoutCustomer(queued, error))
                draft.buyer = .anonymous
            }
        }
    }

    /// Tries a sale; a coupon's code that does not exist counts as a guess, as it does elsewhere.
    ///
    /// - Throws: ``AttemptError/tooMany(retryAt:)``: the till sends the sale again later.
    private func guarded(
        _ draft: OrderDraft, _ transaction: ChannelTransaction, _ body: () throws -> RegisteredOrder
    ) throws -> RegisteredOrder {
        // What is there already looks no coupon up.
        let isKnown = try draft.ext.flatMap(transaction.services.order(ext:)) != nil
        guard draft.coupon != nil, !isKnown else { return try transaction.attempt(body) }
        return try transaction.guessing(body)
    }

    private static func withoutCustomer(_ queued: Queued, _ error: any Refusal) -> String {
        let id = queued.sale.json["customer"]?.integerValue.map { " \($0)" } ?? ""
        return "customer\(id): \(error); the sale stands without a customer"
    }

    private func draft(of queued: Queued, _ transaction: ChannelTransaction, _ warnings: inout [String]) throws
        -> OrderDraft
    {
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
        var buyer = Buyer.anonymous
        do { buyer = try sale.buyer("customer", in: transaction.occasion.shop) } catch let error as any Refusal {
            warnings.append(Self.withoutCustomer(queued, error))
        }
        var draft = OrderDraft(
            channel: Self.descriptor.id, ext: queued.ext,
            buyer: buyer,
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
