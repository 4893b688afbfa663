public import Registry
public import StrictJSON

/// Why a table cannot be read as customers.
public enum ImportPlanError: Refusal, Equatable {
    case empty
    /// There is no header, and the cells do not prove what the columns are.
    case noHeader(columns: Int)
    /// No column holds what customers are known by.
    case nothingFound(headers: [String])
    /// The mapping names a column that is not there.
    case noColumn(String)
    /// The mapping names a field that the shop has not defined.
    case noField(String)

    public var kind: RefusalKind { .rejected }

    public var slug: String {
        switch self {
        case .empty: "empty"
        case .noHeader: "no-header"
        case .nothingFound: "unmapped"
        case .noColumn: "no-column"
        case .noField: "no-field"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .empty: []
        case .noHeader(let columns): [JSON.Member(name: "columns", value: .number(String(columns)))]
        case .nothingFound(let headers):
            [JSON.Member(name: "headers", value: .array(headers.prefix(100).map { .string($0) }))]
        case .noColumn(let name): [JSON.Member(name: "column", value: .string(name))]
        case .noField(let name): [JSON.Member(name: "field", value: .string(name))]
        }
    }

    public var description: String {
        switch self {
        case .empty: "the table is empty"
        case .noHeader:
            "the first line is no header, and what the columns are cannot be told; say it: mapping={\"1\":\"name\",…}"
        case .nothingFound:
            "no column is an e-mail address, a telephone number or an id; say which is: mapping={\"<header>\":\"email\"}"
        case .noColumn(let name): "the mapping names a column that the table has not: \(name)"
        case .noField(let name): "the mapping names a field that the shop has not defined: \(name)"
        }
    }
}
