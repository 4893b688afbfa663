import Registry
import StrictJSON

@testable import patron_bench

/// A planned order as the online shop hands it to the registry.
enum PlannedDraft {
    static func draft(_ plan: OrderPlan, _ occasion: Occasion) throws -> OrderDraft {
        var draft = OrderDraft(
            channel: OrderText.channel, ext: filled(OrderText.ext, plan), buyer: .described(try buyer(plan, occasion)),
            kind: .order, state: .confirmed, currency: occasion.shop.currency,
            lines: [
                try line("MUG", "Mug", quantity: "2", price: "7.50", taxRate: "19"),
                try line("TEA", "Green tea", quantity: "1", price: "12.90", taxRate: "7"),
            ], declared: nil, details: JSONFragment(of: try JSON(parsing: OrderText.details)))
        draft.channelState = "paid"
        draft.isPaidInFull = true
        draft.coupon = OrderText.coupon
        if plan.hasConsent {
            draft.consent = [ConsentStatement(purpose: .newsletter, isGranted: true, wording: OrderText.wording)]
        }
        return draft
    }

    private static func buyer(_ plan: OrderPlan, _ occasion: Occasion) throws -> BuyerDescription {
        var fields = CustomerFields()
        let country = occasion.shop.country
        let email = plan.isNew ? OrderText.newEmail : OrderText.knownEmail
        try fields.set(.email, to: filled(email, plan), country: country)
        try fields.set(.name, to: filled(plan.isNew ? OrderText.newName : OrderText.knownName, plan), country: country)
        if plan.isNew { try fields.set(.phone, to: filled(OrderText.newPhone, plan), country: country) }
        let snapshot = try JSON(parsing: filled(plan.isNew ? OrderText.newBuyer : OrderText.knownBuyer, plan))
        return BuyerDescription(fields: fields, ext: nil, snapshot: JSONFragment(of: snapshot))
    }

    private static func line(
        _ sku: String, _ name: String, quantity: String, price: String, taxRate: String
    ) throws -> OrderLine {
        OrderLine(
            sku: sku, name: name, quantity: try Quantity(parsing: quantity), unitPrice: try UnitPrice(parsing: price),
            taxRate: try Percentage(parsing: taxRate))
    }

    private static func filled(_ pattern: String, _ plan: OrderPlan) -> String {
        let text = NumberedText(pattern)
        text.fill(order: plan.number, person: plan.person)
        return text.text
    }
}
