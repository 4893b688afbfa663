/// Why a segment could not be found, made or changed.
public enum SegmentError: Refusal, Equatable {
    case notFound
    case blank
    case exists(name: String)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .blank: .badRequest
        case .exists: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-segment"
        case .blank: "bad-value"
        case .exists: "segment-exists"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such segment"
        case .blank: "a segment needs a name"
        case .exists(let name): "there is a segment \(name) already"
        }
    }
}
