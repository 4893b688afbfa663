/// A table that a channel keeps in the tenant's file, every column with what it holds.
public struct ChannelTable: Sendable, Equatable {
    /// What a column holds, which decides who sees it and what an erasure does to it.
    public enum Content: String, Sendable, CaseIterable {
        /// Nothing about a person.
        case plain
        /// Something about a person, who gets to see it and may have it erased.
        case personal
        /// Something about a person that only staff may see; erased as well.
        case staff
        /// The order a row belongs to: `INTEGER REFERENCES customer_order (id) ON DELETE CASCADE`.
        case order
        /// The customer a row belongs to: `INTEGER REFERENCES customer (id) ON DELETE CASCADE`.
        case customer
    }

    public struct Column: Sendable, Equatable {
        public let name: String
        public let content: Content

        public init(_ name: String, _ content: Content) {
            self.name = name
            self.content = content
        }
    }

    /// Begins with the channel's id and two underscores, such as "events__ticket".
    public let name: String
    public let columns: [Column]

    public init(_ name: String, _ columns: [Column]) {
        self.name = name
        self.columns = columns
    }

    /// A table told by the columns of each content.
    public init(
        _ name: String, plain: [String] = [], personal: [String] = [], staff: [String] = [], order: String? = nil,
        customer: String? = nil
    ) {
        self.init(
            name,
            plain.map { Column($0, .plain) } + personal.map { Column($0, .personal) }
                + staff.map { Column($0, .staff) } + [order].compactMap { $0.map { Column($0, .order) } }
                + [customer].compactMap { $0.map { Column($0, .customer) } })
    }

    func names(_ contents: Set<Content>) -> [String] {
        columns.filter { contents.contains($0.content) }.map(\.name)
    }
}

/// A step of a channel's schema: forward only, never edited after release.
public struct ChannelMigration: Sendable, Equatable {
    /// What it does, such as "1: tickets"; recorded in the tenant's file.
    public let name: String
    /// CREATE, ALTER and DROP of tables and indexes, and changes of their rows.
    public let sql: String

    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}
