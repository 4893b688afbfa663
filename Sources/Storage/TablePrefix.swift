/// The beginning of the names of tables that somebody else than the core owns.
public struct TablePrefix: Sendable, Hashable {
    /// Such as "online_shop__".
    let text: String
    let bytes: [UInt8]

    /// In every prefix, and in no name of the core's.
    public static let separator = "__"

    /// The prefix of an owner's tables: its name with underscores for hyphens, and two underscores.
    ///
    /// No prefix begins another's names, nor the core's: neither has two underscores in a row.
    ///
    /// - Parameter owner: Words of `a-z` and `0-9`, joined by single hyphens.
    public init(of owner: String) {
        text = owner.map { $0 == "-" ? "_" : String($0) }.joined() + Self.separator
        bytes = Array(text.utf8)
    }

    /// Whether a table's name is lowercase, of letters, digits and underscores, and begins so.
    public func covers(_ table: String) -> Bool {
        table.hasPrefix(text) && table.utf8.count > text.utf8.count && Self.isIdentifier(table)
    }

    /// Whether a name needs no quotes in SQL: `a-z`, `0-9` and underscores.
    public static func isIdentifier(_ name: String) -> Bool {
        !name.isEmpty
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
    }
}
