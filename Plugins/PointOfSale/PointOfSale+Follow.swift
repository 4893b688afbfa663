public import ChannelKit

extension PointOfSale {
    /// Keeps the receipt in step with its order; what a closed day has counted does not change any more.
    public func follow(_ order: Order, from before: Order, _ transaction: ChannelTransaction) throws {
        try checkGivenBack(order, from: before, transaction.services)
        guard let receipt = try Receipt.of(order.id, transaction.services) else { return }
        if order.match.customer != before.match.customer {
            try transaction.change(
                "UPDATE pos__receipt SET claim_code = NULL WHERE order_id = ?", .integer(order.id.rawValue))
        }
        if order.details != before.details { try followDetails(of: order, from: before, receipt, transaction) }
        if order.paid != before.paid {
            guard receipt.closing == nil else { throw Self.closed(receipt) }
            try transaction.change(
                "UPDATE pos__receipt SET paid_minor = ? WHERE order_id = ?", .integer(order.paid.minor),
                .integer(order.id.rawValue))
        }
        try followState(of: order, receipt, transaction)
        let refunded = order.refunded.minor - before.refunded.minor
        if refunded != 0 {
            try TillLedger(transaction).refund(
                refunded, of: order.id, register: receipt.register, day: today(receipt.register, transaction),
                order.refunded.currency, isTest: order.isTest)
        }
    }

    static func closed(_ receipt: Receipt) -> ChannelRefusal {
        .conflict(
            "day-closed", "\(receipt.businessDay) is closed; what it counted stays, goods come back by pos.refund",
            details: [JSON.Member(name: "closing", value: .integer(receipt.closing ?? 0))])
    }

    /// No sale gives back more than it came to, and none is voided that gave something back.
    private func checkGivenBack(_ order: Order, from before: Order, _ services: ChannelServices) throws {
        let isVoided = order.state != before.state && Receipt.Standing(order.state) == .voided
        guard order.kind == .order, isVoided || order.refunded != before.refunded else { return }
        let returned = try Receipt.returnedMinor(of: order.id, services)
        if isVoided, returned > 0 || order.refunded.minor > 0 {
            throw ChannelRefusal.conflict("has-returns", "something was given back for it; void the return first")
        }
        let left = order.amounts.total.minor - before.refunded.minor - returned
        guard order.refunded.minor - before.refunded.minor <= left else {
            throw OrderError.badRefund(left: Money(minor: left, currency: order.refunded.currency))
        }
    }

    private func followState(of order: Order, _ receipt: Receipt, _ transaction: ChannelTransaction) throws {
        let standing = Receipt.Standing(order.state)
        guard standing != receipt.standing else { return }
        guard receipt.closing == nil else { throw Self.closed(receipt) }
        // A tab is counted on the day on which it is paid at the earliest.
        let register = try Register.named(receipt.register, transaction.services)
        let day = try register?.dayToCount(receipt.businessDay) ?? receipt.businessDay
        try transaction.change(
            "UPDATE pos__receipt SET standing = ?, business_day = ?, is_late = ? WHERE order_id = ?",
            .text(standing.rawValue), .text(day), .flag(receipt.isLate || day != receipt.businessDay),
            .integer(order.id.rawValue))
        if standing == .voided { try TillLedger(transaction).void(order.id, on: today(receipt.register, transaction)) }
    }

    /// The day on which a register counts what happens now.
    private func today(_ register: String, _ transaction: ChannelTransaction) throws -> String {
        let day = businessDay(of: transaction.occasion.at, transaction.occasion)
        return try Register.named(register, transaction.services)?.dayToCount(day) ?? day
    }

    private func followDetails(
        of order: Order, from before: Order, _ receipt: Receipt, _ transaction: ChannelTransaction
    ) throws {
        let currency = order.amounts.total.currency
        let now = try Sale(Details(storedWith: order), in: currency)
        let then = try Sale(Details(storedWith: before), in: currency)
        let isMoved = now.register != then.register || now.receipt != then.receipt
        let isRecounted = now.businessDay != then.businessDay || now.soldDay != then.soldDay
        guard isMoved || isRecounted || now.tenders != then.tenders else { return }
        guard receipt.closing == nil else { throw Self.closed(receipt) }
        if isMoved, let name = now.receipt {
            guard receipt.number == nil else {
                throw ChannelRefusal.conflict("receipt-given", "the register gave this receipt; it stays")
            }
            let services = transaction.services
            let counted = try services.first(
                "SELECT closing FROM pos__tender WHERE order_id = ? AND closing IS NOT NULL LIMIT 1",
                .integer(order.id.rawValue)
            ) { $0.integer(0) }
            if let counted, now.register != then.register {
                throw ChannelRefusal.conflict(
                    "day-closed", "a closed day has counted money for this sale; its register stays",
                    details: [JSON.Member(name: "closing", value: .integer(counted))])
            }
            let isChecked = try Register.named(now.register, services) != nil
            let others = try Receipt.orders(now.register, name, isTest: order.isTest, besides: order.id, services)
            if isChecked, let other = others.first(where: { $0 != order.id }) {
                throw Receipt.taken(now.register, name, by: other)
            }
            try transaction.change(
                "UPDATE pos__receipt SET register = ?, receipt = ?, twin = ? WHERE order_id = ?",
                .text(now.register), .text(name), .integer(isChecked && !order.isTest ? 0 : order.id.rawValue),
                .integer(order.id.rawValue))
        }
        if let day = now.businessDay, isMoved || isRecounted {
            if let register = try Register.named(now.register, transaction.services),
                try register.dayToCount(day) != day
            {
                throw ChannelRefusal.conflict("day-closed", "\(day) is closed")
            }
            try transaction.change(
                "UPDATE pos__receipt SET business_day = ?, sold_day = ?, is_late = ? WHERE order_id = ?",
                .text(day), .text(now.soldDay ?? day), .flag(now.soldDay != nil), .integer(order.id.rawValue))
            try TillLedger(transaction).move(order.id, from: receipt.businessDay, to: day)
        }
        if now.tenders != then.tenders {
            // What comes in for an open sale comes today; what was told of a counted one is put right on its day.
            let day =
                receipt.standing == .open
                ? try today(now.register, transaction) : now.businessDay ?? receipt.businessDay
            try TillLedger(transaction).enter(now.tenders, of: order.id, kind: order.kind, on: day)
        }
    }
}
