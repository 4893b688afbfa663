public import StrictJSON

/// Why two customers could not become one, or one two.
public enum MergeError: Refusal, Equatable {
    case sameCustomer
    case unknownChoice(String)
    case blocked([MergeBlocker])
    case notMerged
    case expired

    public var kind: RefusalKind {
        switch self {
        case .sameCustomer, .unknownChoice: .badRequest
        case .blocked: .conflict
        case .notMerged: .notFound
        case .expired: .gone
        }
    }

    public var slug: String {
        switch self {
        case .sameCustomer, .unknownChoice: "bad-value"
        case .blocked: "merge-blocked"
        case .notMerged: "no-merge"
        case .expired: "expired"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .sameCustomer, .notMerged, .expired: []
        case .unknownChoice: [JSON.Member(name: "argument", value: .string("fields"))]
        case .blocked(let blockers):
            [JSON.Member(name: "blockers", value: .array(blockers.map { .string($0.rawValue) }))]
        }
    }

    public var description: String {
        switch self {
        case .sameCustomer: "a customer cannot be merged with itself"
        case .unknownChoice(let field): "fields: \(field) is no field in which the two differ, or neither into nor from"
        case .blocked(let blockers): blockers.map(\.explanation).joined(separator: "; ")
        case .notMerged: "this customer has not been merged into another"
        case .expired: "a merge can be undone for 30 days"
        }
    }
}

/// What stands against a merge.
public enum MergeBlocker: String, Sendable, CaseIterable {
    /// One of the two is denied, which the merged customer would be.
    case denied
    /// Both sign in with an account of their own.
    case accounts
    /// One is a test customer, the other is real.
    case test

    /// In words for people.
    public var explanation: String {
        switch self {
        case .denied: "one of the two is denied and so would be the merged customer; force=true does it"
        case .accounts: "both have an account of their own; one of them must be deleted first"
        case .test: "a test customer and a real one stay apart"
        }
    }
}
