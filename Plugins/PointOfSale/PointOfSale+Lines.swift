public import ChannelKit

extension PointOfSale {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let tenders = ((try? details.objects("tenders")) ?? []).compactMap { tender -> DetailLine? in
            let parts = ["kind", "amount"].compactMap { tender.line("", $0)?.text }
            return parts.isEmpty
                ? nil
                : DetailLine(
                    occasion.word("Tender", de: "Zahlungsmittel", tr: "Ödeme aracı"), parts.joined(separator: " "))
        }
        let original = try? details.object("returns")
        let returned = ["register", "receipt"].compactMap { original?.line("", $0)?.text }
        return [
            details.line(occasion.word("Location", de: "Ort", tr: "Yer"), "location"),
            details.line(occasion.word("Register", de: "Kasse", tr: "Kasa"), "register"),
            details.line(occasion.word("Receipt", de: "Bon", tr: "Fiş"), "receipt"),
            details.line(occasion.word("Cashier", de: "Kassierer", tr: "Kasiyer"), "cashier"),
            details.line(occasion.word("Business day", de: "Geschäftstag", tr: "İş günü"), "business_day"),
            details.line(occasion.word("Sold on", de: "Verkauft am", tr: "Satış günü"), "sold_day"),
            returned.isEmpty
                ? nil
                : DetailLine(
                    occasion.word("Brings back", de: "Rückgabe zu", tr: "İade edilen fiş"),
                    returned.joined(separator: " ")),
            details.line(occasion.word("Reason", de: "Grund", tr: "Neden"), "reason"),
        ].compactMap(\.self) + tenders
            + [
                details.line(occasion.word("Change", de: "Rückgeld", tr: "Para üstü"), "change"),
                details.line(
                    occasion.word("Receipt sent to", de: "Bon gesendet an", tr: "Fişin gönderildiği adres"), "e_receipt"
                ),
            ].compactMap(\.self)
    }
}
