public import ChannelKit

extension PointOfSale {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tenders = ((try? details.objects("tenders")) ?? []).compactMap { tender -> DetailLine? in
            let parts = ["kind", "amount"].compactMap { tender.line("", $0)?.text }
            return parts.isEmpty ? nil : DetailLine("Tender", parts.joined(separator: " "))
        }
        let original = try? details.object("returns")
        let returned = ["register", "receipt"].compactMap { original?.line("", $0)?.text }
        return [
            details.line("Location", "location"), details.line("Register", "register"),
            details.line("Receipt", "receipt"), details.line("Cashier", "cashier"),
            details.line("Business day", "business_day"), details.line("Sold on", "sold_day"),
            returned.isEmpty ? nil : DetailLine("Brings back", returned.joined(separator: " ")),
            details.line("Reason", "reason"),
        ].compactMap(\.self) + tenders
            + [details.line("Change", "change"), details.line("Receipt sent to", "e_receipt")].compactMap(\.self)
    }
}
