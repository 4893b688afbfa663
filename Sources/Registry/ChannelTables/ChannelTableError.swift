public import StrictJSON

/// What is wrong with the tables a channel wants to keep; nothing of them is made then.
public enum ChannelTableError: Refusal, Equatable {
    case newer(channel: String, migration: String)
    case badSchema(channel: String, migration: String, reason: String)
    case badName(String)
    case undeclared(table: String, column: String?)
    case missing(table: String, column: String?)
    case notStrict(table: String)
    case noKey(table: String)
    case generated(table: String, column: String)
    case noPerson(table: String)
    case badReference(table: String, column: String)
    case notErasable(table: String, column: String)

    public var kind: RefusalKind {
        switch self {
        case .newer: .locked
        case .badSchema, .badName, .undeclared, .missing, .notStrict, .noKey, .generated, .noPerson, .badReference,
            .notErasable:
            .rejected
        }
    }

    public var slug: String {
        switch self {
        case .newer: "newer-file"
        case .undeclared: "undeclared-column"
        case .badSchema, .badName, .missing, .notStrict, .noKey, .generated, .noPerson, .badReference, .notErasable:
            "bad-schema"
        }
    }

    public var details: [JSON.Member] { [] }

    public var description: String {
        switch self {
        case .newer(let channel, let migration):
            "the tenant's file knows \(migration) of \(channel), which this version of the channel does not"
        case .badSchema(let channel, let migration, let reason): "\(channel), \(migration): \(reason)"
        case .badName(let name):
            "\(name): a name is of a-z, 0-9 and _, and a table's begins with the channel's id and __"
        case .undeclared(let table, let column?): "\(table).\(column): say what it holds, or who is erased stays there"
        case .undeclared(let table, nil): "\(table): a table whose columns nobody declared"
        case .missing(let table, let column?): "\(table) has no column \(column)"
        case .missing(let table, nil): "there is no table \(table)"
        case .notStrict(let table): "\(table): a table is STRICT"
        case .noKey(let table): "\(table): a table has a primary key whose columns are NOT NULL"
        case .generated(let table, let column): "\(table).\(column): no column is generated"
        case .noPerson(let table): "\(table): personal columns need one that leads to an order or a customer"
        case .notErasable(let table, let column): "\(table).\(column): what is personal is TEXT, or may be NULL"
        case .badReference(let table, let column):
            "\(table).\(column): REFERENCES customer_order (id) or customer (id), ON DELETE CASCADE, and a rowid is needed"
        }
    }
}
