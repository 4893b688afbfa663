/// A column of an imported table and what becomes of it.
public struct ImportColumn: Sendable, Equatable {
    /// What becomes of a column.
    public enum Meaning: Sendable, Equatable {
        case field(ImportField)
        case withheld(Withheld)
        /// Nothing, unless it is mapped.
        case leftOut(LeftOut)
        /// Nothing; it can be mapped to a field, or to one of the tenant's own.
        case unknown
    }

    /// Counted from 0.
    public let index: Int
    /// As written; empty in a table without a header.
    public let header: String
    public var meaning: Meaning

    /// How a report names it: by its header, or by its number counted from 1.
    public var name: String { header.isEmpty ? "column \(index + 1)" : header }

    /// The field it fills, nil when it fills none.
    public var field: ImportField? {
        switch meaning {
        case .field(let field): field
        case .withheld, .leftOut, .unknown: nil
        }
    }
}
