internal import Registry
internal import Storage

extension Tenant {
    /// Blocks of customers that one transaction enters into the search index, some 20 ms.
    private static let searchBlocks: Int64 = 4

    /// Enters into the search index what an older program or an import has left, between the other changes.
    ///
    /// Whatever keeps it from going on is met again, and told, when the tenant is next changed.
    func enterSearchBacklog() {
        write(
            { [self] transaction in
                let isDone = try SearchBacklog(transaction).enter(atMost: Self.searchBlocks)
                return { [self] in if !isDone { enterSearchBacklog() } }
            }, failed: { _ in })
    }

    /// Makes good what an import left undone when the program ended.
    ///
    /// - Returns: Whether customers wait to be entered into the search index.
    static func restore(_ database: Database) throws -> Bool {
        try database.write { transaction in
            try PostponedIndexes(transaction).restoreAll()
            return try SearchBacklog(transaction).blocks() > 0
        }
    }
}
