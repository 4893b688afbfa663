public import StrictJSON

/// Why an import cannot be found or undone.
public enum ImportError: Refusal, Equatable {
    case notFound
    /// It still goes on.
    case running
    case alreadyUndone
    /// A later one changed the same customers; what was before both is known to it alone.
    case later(ImportID)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .running, .alreadyUndone, .later: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-import"
        case .running: "import-running"
        case .alreadyUndone: "import-undone"
        case .later: "later-import"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .running, .alreadyUndone: []
        case .later(let id): [JSON.Member(name: "import", value: .integer(id.rawValue))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such import"
        case .running: "the import still goes on"
        case .alreadyUndone: "the import has been undone already"
        case .later(let id): "import \(id.rawValue) has changed some of the same customers since; undo it first"
        }
    }
}
