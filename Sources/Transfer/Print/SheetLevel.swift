/// For whom a customer's sheet is printed.
public enum SheetLevel: String, Sendable, CaseIterable {
    /// What the till needs.
    case counter
    /// What the person may see.
    case customer
    /// Everything, with the evidence of consent.
    case authority
}
