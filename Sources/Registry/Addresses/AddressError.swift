public import StrictJSON

/// Why an address could not be found, kept or changed.
public enum AddressError: Refusal, Equatable {
    case notFound
    case badField(AddressField, ValueError)
    case fieldTooLong(AddressField, limit: Int)
    case incomplete(missing: [AddressField])
    case titleTaken(by: AddressID)
    case exists(AddressID)
    case staleRevision(current: Int64)
    case tooMany(limit: Int)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .badField, .fieldTooLong: .badRequest
        case .incomplete: .rejected
        case .titleTaken, .exists, .tooMany: .conflict
        case .staleRevision: .stale
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-address"
        case .badField, .fieldTooLong: "bad-value"
        case .incomplete: "incomplete"
        case .titleTaken: "title-taken"
        case .exists: "address-exists"
        case .staleRevision: "stale-revision"
        case .tooMany: "too-many-addresses"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound: []
        case .badField(let field, _), .fieldTooLong(let field, _):
            [JSON.Member(name: "argument", value: .string(field.rawValue))]
        case .incomplete(let missing):
            [JSON.Member(name: "missing", value: .array(missing.map { .string($0.rawValue) }))]
        case .titleTaken(let address), .exists(let address):
            [JSON.Member(name: "address", value: .integer(address.rawValue))]
        case .staleRevision(let current): [JSON.Member(name: "rev", value: .integer(current))]
        case .tooMany(let limit): [JSON.Member(name: "limit", value: .number(String(limit)))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such address in the customer's book"
        case .badField(let field, let error): "\(field.rawValue): \(error)"
        case .fieldTooLong(let field, let limit): "\(field.rawValue): at most \(limit) bytes are kept"
        case .incomplete(let missing): "missing: \(missing.map(\.rawValue).joined(separator: ", "))"
        case .titleTaken: "another address of the customer has this title"
        case .exists: "the customer has this address already"
        case .staleRevision(let current): "someone else was faster; the address is now at revision \(current)"
        case .tooMany(let limit): "a customer's book holds at most \(limit) addresses"
        }
    }
}
