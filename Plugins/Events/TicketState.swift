/// Where a ticket stands.
enum TicketState: String, Sendable, CaseIterable {
    case held
    case valid
    case checkedIn = "checked-in"
    case cancelled
    case expired

    /// What a ticket adds to its type's numbers.
    var share: (held: Int64, sold: Int64) {
        switch self {
        case .held: (1, 0)
        case .valid, .checkedIn: (0, 1)
        case .cancelled, .expired: (0, 0)
        }
    }
}
