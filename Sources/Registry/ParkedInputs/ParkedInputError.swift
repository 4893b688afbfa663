/// Why nothing can be done with a parked input.
public enum ParkedInputError: Refusal, Equatable {
    case notFound
    /// Somebody dealt with it at the same time.
    case notWaiting
    /// It is done or discarded.
    case ended

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .notWaiting, .ended: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-parked"
        case .notWaiting, .ended: "not-waiting"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "nothing is parked under this number"
        case .notWaiting: "it does not wait any more"
        case .ended: "it has been carried out or discarded"
        }
    }
}
