/// Why an import cannot be found or undone.
public enum ImportError: Refusal, Equatable {
    case notFound
    /// It still goes on.
    case running
    case alreadyUndone

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .running, .alreadyUndone: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-import"
        case .running: "import-running"
        case .alreadyUndone: "import-undone"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such import"
        case .running: "the import still goes on"
        case .alreadyUndone: "the import has been undone already"
        }
    }
}
