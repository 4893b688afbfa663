public import Storage

/// Changes many customers, some of them in each transaction.
public struct BulkWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Refuses a change that can be done to nobody.
    ///
    /// - Throws: ``TagError/blank``, ``TagError/notFound``, ``GroupError/notFound``.
    public static func check(_ change: BulkChange, _ transaction: ReadTransaction) throws {
        switch change {
        case .tag(let name): if Folding.folded(name).isEmpty { throw TagError.blank }
        case .untag(let name): if try TagReader(transaction).tag(named: name) == nil { throw TagError.notFound }
        case .group(let name), .ungroup(let name): _ = try GroupReader(transaction).group(named: name)
        case .unsubscribe: break
        }
    }

    /// Changes these customers as far as the query still fits them; what a customer's own state refuses is left out.
    ///
    /// - Returns: How many were changed.
    public func apply(_ change: BulkChange, to customers: [CustomerID], fitting query: CustomerQuery) throws -> Int {
        let walk = try CustomerWalk(query, transaction.reading, occasion.shop)
        var changed = 0
        for customer in customers where try walk.fits(customer) {
            do {
                let before = try revision(of: customer)
                try transaction.savepoint { try apply(change, to: customer) }
                if try revision(of: customer) != before { changed += 1 }
            } catch is any Refusal {
                // Too many tags, not a member, does not carry the tag: the others are changed all the same.
                continue
            }
        }
        return changed
    }

    private func apply(_ change: BulkChange, to customer: CustomerID) throws {
        switch change {
        case .tag(let name): try TagWriter(transaction, occasion).assign(name, to: customer)
        case .untag(let name): try TagWriter(transaction, occasion).remove(name, from: customer)
        case .group(let name):
            let group = try GroupReader(transaction.reading).group(named: name)
            try GroupWriter(transaction, occasion).assign(customer, to: group.id)
        case .ungroup(let name):
            let group = try GroupReader(transaction.reading).group(named: name)
            try GroupWriter(transaction, occasion).remove(customer, from: group.id)
        case .unsubscribe(let purpose):
            let states = try ConsentReader(transaction.reading).states(of: customer)
            guard states.contains(where: { $0.purpose == purpose && $0.status != .unsubscribed }) else { return }
            let statement = ConsentStatement(purpose: purpose, isGranted: false, wording: nil)
            try ConsentWriter(transaction, occasion).record(statement, by: customer, channel: nil)
        }
    }

    /// Grows with whatever a bulk change writes: the timeline has an entry for each.
    private func revision(of customer: CustomerID) throws -> Int64 {
        try transaction.reading.first(
            "SELECT max(seq) FROM timeline WHERE customer_id = ?", .integer(customer.rawValue)
        ) { $0.integer(0) } ?? 0
    }
}
