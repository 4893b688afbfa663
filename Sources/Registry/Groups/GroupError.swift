public import StrictJSON

/// Why a group could not be found, made or changed.
public enum GroupError: Refusal, Equatable {
    case notFound
    case blank
    case exists(name: String)
    case notMember

    public var kind: RefusalKind {
        switch self {
        case .notFound, .notMember: .notFound
        case .blank: .badRequest
        case .exists: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-group"
        case .blank: "bad-value"
        case .exists: "group-exists"
        case .notMember: "not-in-group"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .blank, .notMember: []
        case .exists(let name): [JSON.Member(name: "group", value: .string(name))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such group"
        case .blank: "a group needs a name"
        case .exists(let name): "there is a group \(name) already"
        case .notMember: "the customer is not in this group"
        }
    }
}
