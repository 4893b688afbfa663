public import StrictJSON

/// Why a field of the shop could not be defined, found or filled in.
public enum FieldError: Refusal, Equatable {
    case notFound
    case badName
    case taken(ShopField.Kind)
    case needsChoices
    case noChoices
    case tooMany(maximum: Int)
    case unknown(String, known: [String])
    case badValue(field: String, reason: String)

    public var kind: RefusalKind {
        switch self {
        case .notFound: .notFound
        case .badName, .needsChoices, .noChoices, .unknown, .badValue: .badRequest
        case .taken, .tooMany: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .notFound: "no-field"
        case .badName, .needsChoices, .noChoices, .unknown, .badValue: "bad-value"
        case .taken: "field-taken"
        case .tooMany: "too-many-fields"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .notFound, .taken, .tooMany: []
        case .badName: [JSON.Member(name: "argument", value: .string("name"))]
        case .needsChoices, .noChoices: [JSON.Member(name: "argument", value: .string("choices"))]
        case .unknown(let name, let known):
            [
                JSON.Member(name: "argument", value: .string("custom.\(name)")),
                JSON.Member(name: "known", value: .array(known.map { .string($0) })),
            ]
        case .badValue(let field, _): [JSON.Member(name: "argument", value: .string("custom.\(field)"))]
        }
    }

    public var description: String {
        switch self {
        case .notFound: "there is no such field"
        case .badName: "a field's name has small letters, digits and underscores, 64 at most, and begins with a letter"
        case .taken(let kind): "there is a field of this name already, for \(kind.rawValue)"
        case .needsChoices: "a choice needs the words to choose from"
        case .noChoices: "only a choice has words to choose from"
        case .tooMany(let maximum): "a shop has at most \(maximum) fields of its own"
        case .unknown(let name, _): "custom.\(name): the shop has not defined such a field"
        case .badValue(let field, let reason): "custom.\(field): \(reason)"
        }
    }
}
