public import ChannelKit

extension PointOfSale {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tenders = ((try? details.objects("tenders")) ?? []).compactMap { tender -> DetailLine? in
            let parts = ["kind", "amount"].compactMap { tender.line("", $0)?.text }
            return parts.isEmpty ? nil : DetailLine("Tender", parts.joined(separator: " "))
        }
        return [
            details.line("Location", "location"), details.line("Register", "register"),
            details.line("Receipt", "receipt"), details.line("Cashier", "cashier"),
            details.line("Business day", "business_day"),
        ].compactMap(\.self) + tenders
            + [details.line("Change", "change"), details.line("Receipt sent to", "e_receipt")].compactMap(\.self)
    }
}
