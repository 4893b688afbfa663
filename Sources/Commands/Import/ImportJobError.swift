internal import Registry
internal import StrictJSON

/// Why nothing of a table was entered.
enum ImportJobError: Refusal, Equatable {
    /// Rows cannot be taken, and the import was to be whole.
    case badRows(count: Int)
    /// More rows than can be entered in one step.
    case tooBig(limit: Int)

    var kind: RefusalKind {
        switch self {
        case .badRows: .rejected
        case .tooBig: .tooLarge
        }
    }

    var slug: String {
        switch self {
        case .badRows: "bad-rows"
        case .tooBig: "too-big"
        }
    }

    var details: [JSON.Member] {
        switch self {
        case .badRows(let count): [JSON.Member(name: "skipped", value: .number(String(count)))]
        case .tooBig(let limit): [JSON.Member(name: "limit", value: .number(String(limit)))]
        }
    }

    var description: String {
        switch self {
        case .badRows(let count): "\(count) rows cannot be taken, so nothing is"
        case .tooBig(let limit):
            "at most \(limit) rows are entered all or not at all; use mode=skip-bad, which can be undone"
        }
    }
}
