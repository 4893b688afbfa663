public import StrictJSON

/// Why a customer could not be found, made or changed.
public enum CustomerError: Refusal, Equatable {
    case notFound
    case badField(CustomerField, ValueError)
    case fieldTooLong(CustomerField, limit: Int)
    case incomplete(missing: [String])
    case emailTaken(by: CustomerID)
    case extTaken(by: CustomerID)
    case staleRevision(current: Int64)
    case denied(publicReason: String?)
    case wrongStatus(CustomerStatus)
    case erased
    case merged(into: CustomerID)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .badField, .fieldTooLong: .badRequest
        case .incomplete: .rejected
        case .emailTaken, .extTaken, .wrongStatus: .conflict
        case .staleRevision: .stale
        case .denied: .forbidden
        case .erased, .merged: .gone
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-customer"
        case .badField, .fieldTooLong: "bad-value"
        case .incomplete: "incomplete"
        case .emailTaken: "email-taken"
        case .extTaken: "ext-taken"
        case .staleRevision: "stale-revision"
        case .denied: "denied"
        case .wrongStatus: "wrong-status"
        case .erased: "erased"
        case .merged: "merged"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .erased: []
        case .denied(let reason): reason.map { [JSON.Member(name: "public_reason", value: .string($0))] } ?? []
        case .wrongStatus(let status): [JSON.Member(name: "status", value: .string(status.rawValue))]
        case .badField(let field, _), .fieldTooLong(let field, _):
            [JSON.Member(name: "argument", value: .string(field.rawValue))]
        case .incomplete(let missing): [JSON.Member(name: "missing", value: .array(missing.map { .string($0) }))]
        case .emailTaken(let customer), .extTaken(let customer):
            [JSON.Member(name: "customer", value: .integer(customer.rawValue))]
        case .staleRevision(let current): [JSON.Member(name: "rev", value: .integer(current))]
        case .merged(let survivor): [JSON.Member(name: "merged_into", value: .integer(survivor.rawValue))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such customer"
        case .badField(let field, let error): "\(field.rawValue): \(error)"
        case .fieldTooLong(let field, let limit): "\(field.rawValue): at most \(limit) bytes are kept"
        case .incomplete(let missing): "missing: \(missing.joined(separator: ", "))"
        case .emailTaken: "another customer has this e-mail address"
        case .extTaken: "another customer has this external id"
        case .staleRevision(let current): "someone else was faster; the customer is now at revision \(current)"
        case .denied: "this customer may not order"
        case .wrongStatus(let status): "this customer is \(status.rawValue)"
        case .erased: "this customer has been erased"
        case .merged(let survivor): "this customer has been merged into customer \(survivor.rawValue)"
        }
    }
}
