public import StrictJSON

/// Why a consent could not be recorded.
public enum ConsentError: Refusal, Equatable {
    /// The person objected; staff must say which text the person has agreed to since.
    case objected(since: Instant)
    case notPending
    case wordingTaken(version: String)
    case blankWording

    public var kind: RefusalKind {
        switch self {
        case .objected, .notPending, .wordingTaken: .conflict
        case .blankWording: .badRequest
        }
    }

    public var slug: String {
        switch self {
        case .objected: "suppressed"
        case .notPending: "not-pending"
        case .wordingTaken: "wording-taken"
        case .blankWording: "bad-value"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .objected(let since): [JSON.Member(name: "since", value: .string(since.text))]
        case .wordingTaken(let version): [JSON.Member(name: "wording", value: .string(version))]
        case .blankWording: [JSON.Member(name: "argument", value: .string("text"))]
        case .notPending: []
        }
    }

    public var description: String {
        switch self {
        case .objected:
            "this person objected, or cannot be reached there; give wording= for the text agreed to since"
        case .notPending: "nothing waits for a confirmation"
        case .wordingTaken(let version): "version \(version) stands for another text already; name a new version"
        case .blankWording: "a wording needs a version and a text"
        }
    }
}
