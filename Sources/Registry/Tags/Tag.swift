/// A label that staff put on customers.
public struct Tag: Sendable, Equatable {
    public let id: TagID
    public let name: String
    /// How many customers carry it.
    public let customers: Int64
}

/// Why a tag could not be put on or taken off.
public enum TagError: Refusal, Equatable {
    case notFound
    case blank
    case tooMany(maximum: Int)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .blank: .badRequest
        case .tooMany: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-tag"
        case .blank: "bad-value"
        case .tooMany: "too-many-tags"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such tag"
        case .blank: "a tag needs a name"
        case .tooMany(let maximum): "a customer may carry at most \(maximum) tags"
        }
    }
}
