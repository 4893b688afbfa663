public import ChannelKit

extension PointOfSale {
    /// Gives a sale its receipt, its day and its customer, as far as the till has not.
    ///
    /// What the tenant has not set up is taken at its word: a receipt of an unknown register is only warned of.
    public func review(_ draft: inout OrderDraft, _ services: ChannelServices) throws -> [String] {
        let details = try Details(JSON(parsing: draft.details.bytes))
        let sale = try Sale(details, in: draft.currency)
        let register = try Register.named(sale.register, services)
        var warnings: [String] = []
        var additions: [JSON.Member] = []

        if let receipt = sale.receipt {
            if let other = try Receipt.orders(sale.register, receipt, isTest: draft.isTest, services).first {
                guard register == nil else { throw Receipt.taken(sale.register, receipt, by: other) }
                warnings.append("order \(other.rawValue) has the same receipt")
            }
        } else {
            guard let register else { throw ChannelRefusal.incomplete(["receipt"]) }
            let receipt = try register.nextReceipt(services).text
            additions.append(JSON.Member(name: "receipt", value: .string(receipt)))
            let ext = Sale.ext(register.key, receipt)
            if draft.ext == nil, try services.order(ext: ext) == nil { draft.ext = ext }
        }
        if let register {
            guard register.isActive else {
                throw ChannelRefusal("register-inactive", "register \(register.key) is not in use")
            }
            if let day = sale.businessDay, try register.dayToCount(day) != day {
                additions += [
                    JSON.Member(name: "business_day", value: .string(try register.dayToCount(day))),
                    JSON.Member(name: "sold_day", value: .string(day)), JSON.Member(name: "late", value: .bool(true)),
                ]
                warnings.append("\(day) is closed; the sale counts on the next day")
            }
        }
        let place = register?.location ?? (location.isEmpty ? nil : location)
        if sale.location == nil, let place { additions.append(JSON.Member(name: "location", value: .string(place))) }
        if let card = sale.card, draft.buyer == .anonymous {
            if let customer = try Card.customer(card, services) {
                draft.buyer = .customer(customer)
            } else {
                warnings.append("nobody has the card; the sale stands without a customer")
            }
        }
        if let original = try original(of: draft, details, services), draft.buyer == .anonymous {
            draft.buyer = try buyer(of: original, services)
        }
        if !additions.isEmpty { draft.details = details.setting(additions) }
        return warnings
    }

    /// Writes the receipt down, with what its day must know of it.
    public func record(
        _ registration: Registration, of draft: OrderDraft, _ transaction: ChannelTransaction
    ) throws {
        let details = try Details(JSON(parsing: draft.details.bytes))
        let sale = try Sale(details, in: draft.currency)
        guard let receipt = sale.receipt, let day = sale.businessDay else { return }
        let register = try Register.named(sale.register, transaction.services)
        let next = try register?.nextReceipt(besides: registration.order, transaction.services)
        let isNext = next?.text == receipt && !draft.isTest
        if isNext, let register, let next {
            try transaction.change(
                "UPDATE pos__register SET next_number = ? WHERE id = ?", .integer(next.number + 1),
                .integer(register.id))
        }
        let paid = draft.isPaidInFull ? registration.amounts.total.minor : draft.paidMinor
        let isClaimable = registration.match.customer == nil && draft.kind == .order
        _ = try transaction.insert(
            """
            INSERT INTO pos__receipt (order_id, register, receipt, twin, number, sold_day, business_day, is_late,
                standing, is_return, is_test, currency, total_minor, discount_minor, tax_minor, paid_minor, claim_code)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(registration.order.rawValue), .text(sale.register), .text(receipt),
            .integer(register == nil || draft.isTest ? registration.order.rawValue : 0),
            .integer(orNull: isNext ? next?.number : nil),
            .text(sale.soldDay ?? day), .text(day), .flag(sale.soldDay != nil),
            .text(Receipt.Standing(draft.state).rawValue), .flag(draft.kind == .return), .flag(draft.isTest),
            .text(draft.currency.code), .integer(registration.amounts.total.minor),
            .integer(registration.amounts.discount.minor), .integer(registration.amounts.tax.minor), .integer(paid),
            .text(orNull: isClaimable ? sale.claimCode ?? transaction.services.sayableCode() : nil))
        let ledger = TillLedger(transaction)
        let isVoided = Receipt.Standing(draft.state) == .voided
        if !isVoided { try ledger.enter(sale.tenders, of: registration.order, kind: draft.kind, on: day) }
        try ledger.enter(
            TaxShare.shares(of: draft.lines, draft.kind, registration.amounts), of: registration.order)
        if let original = try original(of: draft, details, transaction.services) {
            try countReturn(registration, of: draft, against: original, transaction)
            if sale.tenders.receivedMinor == nil {
                try ledger.giveBack(
                    -registration.amounts.total.minor, for: original.id, by: registration.order, on: day)
            }
        }
        if draft.state == .refunded {
            try ledger.refund(
                registration.amounts.total.minor, of: registration.order, register: sale.register, day: day,
                draft.currency, isTest: draft.isTest)
        }
    }
}
