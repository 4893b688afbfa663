/// Why a ticket is of no use.
public enum TicketError: Refusal, Equatable {
    /// It was never issued, is damaged or is for something else.
    case unknown
    /// It has been used, or withdrawn.
    case used
    case expired

    public var kind: RefusalKind {
        switch self {
        case .unknown: .notFound
        case .used, .expired: .gone
        }
    }

    public var slug: String {
        switch self {
        case .unknown: "no-ticket"
        case .used: "used"
        case .expired: "expired"
        }
    }

    public var description: String {
        switch self {
        case .unknown: "this link is not valid"
        case .used: "this link has been used already"
        case .expired: "this link is too old; ask for a new one"
        }
    }
}
