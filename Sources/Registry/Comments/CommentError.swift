/// Why a comment could not be written, found or changed.
public enum CommentError: Refusal, Equatable {
    case notFound
    case blank
    case notYours
    case tooLate
    case noEntry

    public var kind: RefusalKind {
        switch self {
        case .notFound, .noEntry: .notFound
        case .blank: .badRequest
        case .notYours: .forbidden
        case .tooLate: .gone
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-comment"
        case .blank: "bad-value"
        case .notYours: "not-yours"
        case .tooLate: "expired"
        case .noEntry: "no-entry"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such comment"
        case .blank: "a comment needs text"
        case .notYours: "only who wrote it may do that"
        case .tooLate: "a comment may be changed for 5 minutes"
        case .noEntry: "there is no such entry in the inbox"
        }
    }
}
