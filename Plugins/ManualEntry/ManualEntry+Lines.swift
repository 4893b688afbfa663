public import ChannelKit

extension ManualEntry {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let consent = try? details.object("verbal_consent")
        return [
            details.line(occasion.word("Source", de: "Eingang über", tr: "Geliş yolu"), "source"),
            details.line(occasion.word("Entered by", de: "Erfasst von", tr: "Kaydeden"), "staff"),
            details.line(occasion.word("Occurred at", de: "Zeitpunkt", tr: "Zamanı"), "occurred_at"),
            consent?.line(
                occasion.word("Consent heard by", de: "Einwilligung gehört von", tr: "İzni duyan"), "heard_by"),
            details.line(occasion.word("Note", de: "Notiz", tr: "Not"), "note"),
            details.line(
                occasion.word("Corrects order", de: "Berichtigt Bestellung", tr: "Düzelttiği sipariş"), "corrects"),
            details.line(
                occasion.word("Corrected by order", de: "Berichtigt durch Bestellung", tr: "Düzelten sipariş"),
                "corrected_by"), details.line(occasion.word("Reason", de: "Grund", tr: "Neden"), "reason"),
        ].compactMap(\.self)
    }
}
