public import StrictJSON

/// Why a tag could not be made, changed, put on or taken off.
public enum TagError: Refusal, Equatable {
    case notFound
    case blank
    case exists(name: String)
    case tooMany(maximum: Int)
    case sameTag

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .blank, .sameTag: .badRequest
        case .exists, .tooMany: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-tag"
        case .blank, .sameTag: "bad-value"
        case .exists: "tag-exists"
        case .tooMany: "too-many-tags"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .blank, .tooMany, .sameTag: []
        case .exists(let name): [JSON.Member(name: "tag", value: .string(name))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such tag"
        case .blank: "a tag needs a name"
        case .exists(let name): "there is a tag \(name) already; merge into it if both mean the same"
        case .tooMany(let maximum): "a customer may carry at most \(maximum) tags"
        case .sameTag: "into: a tag cannot be merged into itself"
        }
    }
}
