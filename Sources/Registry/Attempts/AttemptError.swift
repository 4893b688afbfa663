public import StrictJSON

/// Why something may not be tried now.
public enum AttemptError: Refusal, Equatable {
    case tooMany(retryAt: Instant)

    public var kind: RefusalKind { .busy }
    public var slug: String { "quota" }

    public var details: [JSON.Member] {
        switch self {
        case .tooMany(let retryAt): [JSON.Member(name: "retry_at", value: .string(retryAt.text))]
        }
    }

    public var description: String {
        switch self {
        case .tooMany(let retryAt): "too many attempts; try again after \(retryAt.text)"
        }
    }
}
