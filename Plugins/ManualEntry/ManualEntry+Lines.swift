public import ChannelKit

extension ManualEntry {
    public func lines(of details: Details, _ occasion: Occasion) -> [DetailLine] {
        // Stored details were checked when they came; what was erased since has no line.
        let consent = try? details.object("verbal_consent")
        return [
            details.line("Source", "source"), details.line("Entered by", "staff"),
            details.line("Occurred at", "occurred_at"), consent?.line("Consent heard by", "heard_by"),
            details.line("Note", "note"), details.line("Corrects order", "corrects"),
            details.line("Corrected by order", "corrected_by"), details.line("Reason", "reason"),
        ].compactMap(\.self)
    }
}
