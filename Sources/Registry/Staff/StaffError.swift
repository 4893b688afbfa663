/// Why a member of staff could not be found or added.
public enum StaffError: Refusal, Equatable {
    case notFound
    case badName
    case exists

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .badName: .badRequest
        case .exists: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-staff"
        case .badName: "bad-value"
        case .exists: "staff-exists"
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such member of staff"
        case .badName: "name: letters, digits, points and hyphens are needed, at most 64 bytes"
        case .exists: "there is a member of staff with this name already"
        }
    }
}
