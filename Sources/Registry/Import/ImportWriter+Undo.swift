internal import Storage
internal import StrictJSON

extension ImportWriter {
    /// What has been undone so far.
    public struct Undone: Sendable, Equatable {
        /// Customers who are gone again.
        public var removed = 0
        /// Customers who are as before.
        public var restored = 0
        /// Customers of whom something else has been changed since, and who keep it.
        public var kept: [CustomerID] = []

        public init() {}

        public static func + (left: Undone, right: Undone) -> Undone {
            var sum = left
            sum.removed += right.removed
            sum.restored += right.restored
            sum.kept += right.kept
            return sum
        }
    }

    /// Undoes a part of an import: gives customers back what they were before, then removes those it made.
    ///
    /// Who was changed since keeps that change: a field that is not any more as the import left it, and a customer who
    /// has ordered, or whose timeline goes on, other than by imports that were undone. Consent that was lowered stays so.
    /// A later import that changed the same customers is to be undone first: ``ImportReader/later(than:)``.
    ///
    /// - Parameters:
    ///   - id: The import, which has ended.
    ///   - limit: The most customers looked at in this transaction.
    /// - Returns: What was undone, and whether nothing is left; the import then counts as undone.
    /// - Throws: `StorageError`.
    public func undo(_ id: ImportID, atMost limit: Int) throws -> (undone: Undone, isComplete: Bool) {
        var undone = Undone()
        let changed = try transaction.reading.all(
            """
            SELECT DISTINCT customer_id FROM import_change change WHERE import_id = ? AND NOT EXISTS (
                SELECT 1 FROM import_created created
                WHERE created.import_id = change.import_id AND first_id <= customer_id AND last_id >= customer_id)
            ORDER BY customer_id LIMIT ?
            """, .integer(id.rawValue), .integer(Int64(limit))
        ) { CustomerID(rawValue: $0.integer(0)) }
        for customer in changed {
            let seq = try TimelineReader(transaction.reading).lastSeq()
            try restore(customer, of: id, &undone)
            try forgetChanges(of: customer, by: id)
            try own(customer, since: seq)
        }
        guard changed.isEmpty else { return (undone, false) }
        if try removeCreated(by: id, atMost: limit, &undone) { return (undone, false) }
        try transaction.execute(
            "UPDATE import SET state = 'undone', ended_at = ? WHERE id = ?", .integer(occasion.at.seconds),
            .integer(id.rawValue))
        try customers.timeline.append(.importUndone) { $0.member("import", id.rawValue) }
        return (undone, true)
    }

    /// Forgets what an import changed of a customer; that the entries of the timeline were its own stays known.
    private func forgetChanges(of customer: CustomerID, by id: ImportID) throws {
        try transaction.execute(
            """
            INSERT INTO import_entry (customer_id, first_seq, last_seq)
            SELECT customer_id, from_seq, max(seq) FROM import_change
            WHERE import_id = ? AND customer_id = ? AND from_seq <= seq GROUP BY from_seq
            """, .integer(id.rawValue), .integer(customer.rawValue))
        try transaction.execute(
            "DELETE FROM import_change WHERE import_id = ? AND customer_id = ?", .integer(id.rawValue),
            .integer(customer.rawValue))
    }

    /// Takes down that what the timeline says of a customer since an entry comes of an undoing.
    private func own(_ customer: CustomerID, since former: Int64) throws {
        let seq = try TimelineReader(transaction.reading).lastSeq()
        guard seq > former else { return }
        try transaction.execute(
            "INSERT INTO import_entry (customer_id, first_seq, last_seq) VALUES (?, ?, ?)",
            .integer(customer.rawValue), .integer(former + 1), .integer(seq))
    }

    private func restore(_ id: CustomerID, of batch: ImportID, _ undone: inout Undone) throws {
        let customer = try reader.customer(id)
        let changes = try transaction.reading.all(
            "SELECT part, before, after FROM import_change WHERE import_id = ? AND customer_id = ?",
            .integer(batch.rawValue), .integer(id.rawValue)
        ) { Change(part: $0.text(0), before: $0.textOrNil(1), after: $0.textOrNil(2)) }
        guard customer.status != .erased else { return undone.kept.append(id) }
        var fields = customer.fields
        var isWhole = true
        for change in changes {
            if let field = CustomerField(rawValue: change.part) {
                if fields.text(of: field) == change.after {
                    try fields.restore(field, to: change.before, country: occasion.shop.country)
                } else {
                    isWhole = false
                }
            } else if try !detach(change, from: id) {
                isWhole = false
            }
        }
        if fields != customer.fields, !fields.isAnonymous { try customers.update(id, ifRevision: nil) { $0 = fields } }
        if isWhole { undone.restored += 1 } else { undone.kept.append(id) }
    }

    /// Takes off what the import attached.
    ///
    /// - Returns: Whether nothing of it is left.
    private func detach(_ change: Change, from id: CustomerID) throws -> Bool {
        guard let after = change.after else { return true }
        let kind = change.part.prefix { $0 != ":" }
        do {
            switch kind {
            case "tag": try TagWriter(transaction, occasion).remove(after, from: id)
            case "group": try GroupWriter(transaction, occasion).remove(id, from: GroupID(rawValue: Int64(after) ?? 0))
            case "address":
                _ = try AddressWriter(transaction, occasion).remove(
                    AddressID(rawValue: Int64(after) ?? 0), ifRevision: nil)
            case "ext":
                try transaction.execute(
                    "DELETE FROM customer_ext WHERE ext = ? AND customer_id = ?", .text(after), .integer(id.rawValue))
            case "note":
                try transaction.execute(
                    "DELETE FROM note WHERE id = ? AND customer_id = ?", .integer(Int64(after) ?? 0),
                    .integer(id.rawValue))
            default: return false
            }
        } catch is TagError {
            // Somebody has taken it off already.
        } catch AddressError.notFound {
            // Somebody has removed it already.
        } catch is GroupError {
            // Somebody has taken the customer out already.
        }
        return true
    }

    /// Removes the next customers that the import made, the newest first.
    ///
    /// - Returns: Whether any were left.
    private func removeCreated(by id: ImportID, atMost limit: Int, _ undone: inout Undone) throws -> Bool {
        let run = try transaction.reading.first(
            "SELECT first_id, last_id, seq FROM import_created WHERE import_id = ? ORDER BY first_id DESC LIMIT 1",
            .integer(id.rawValue)
        ) { (first: $0.integer(0), last: $0.integer(1), seq: $0.integer(2)) }
        guard let run else { return false }
        let first = max(run.first, run.last - Int64(limit) + 1)
        for raw in (first...run.last).reversed() {
            let customer = CustomerID(rawValue: raw)
            // A later row of the same table may have completed the customer; once it was not taken down from when on.
            let last = try transaction.reading.first(
                "SELECT max(seq) FROM import_change WHERE import_id = ? AND customer_id = ? AND from_seq IS NULL",
                .integer(id.rawValue), .integer(raw)
            ) { $0.integerOrNil(0) }
            try forgetChanges(of: customer, by: id)
            if try remove(customer, unlessChangedAfter: max(run.seq, (last ?? nil) ?? 0)) {
                undone.removed += 1
            } else {
                undone.kept.append(customer)
            }
        }
        if first == run.first {
            try transaction.execute(
                "DELETE FROM import_created WHERE import_id = ? AND first_id = ?", .integer(id.rawValue),
                .integer(run.first))
        } else {
            try transaction.execute(
                "UPDATE import_created SET last_id = ? WHERE import_id = ? AND first_id = ?", .integer(first - 1),
                .integer(id.rawValue), .integer(run.first))
        }
        return true
    }

    /// - Returns: False when the customer has a history of their own, and stays.
    private func remove(_ id: CustomerID, unlessChangedAfter seq: Int64) throws -> Bool {
        let hasHistory = try transaction.reading.exists(
            """
            SELECT 1 FROM timeline WHERE customer_id = ? AND seq > ? AND NOT EXISTS (
                SELECT 1 FROM import_entry own
                WHERE own.customer_id = timeline.customer_id AND seq BETWEEN first_seq AND last_seq)
            """, .integer(id.rawValue), .integer(seq))
        guard !hasHistory else { return false }
        guard let customer = try find(id) else { return true }
        guard customer.orderCount == 0 else { return false }
        do {
            try transaction.savepoint { try removeAll(of: customer) }
            return true
        } catch let error as StorageError where error.isForeignKeyViolation {
            return false
        }
    }

    private func find(_ id: CustomerID) throws -> Customer? {
        do {
            return try reader.customer(id)
        } catch CustomerError.notFound {
            return nil
        }
    }

    private func removeAll(of customer: Customer) throws {
        let id = Value.integer(customer.id.rawValue)
        for group in try GroupReader(transaction.reading).groups(of: customer.id) {
            try GroupWriter(transaction, occasion).remove(customer.id, from: group.id)
        }
        try transaction.execute("DELETE FROM customer_tag WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM customer_ext WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM note WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM account_password WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM address WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM consent WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM consent_evidence WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM customer_total WHERE customer_id = ?", id)
        // What the search index still has of the customer, a search drops.
        // Entries are numbered without gaps: what they say goes, they stay.
        try transaction.execute("UPDATE timeline SET customer_id = NULL, data = '{}' WHERE customer_id = ?", id)
        try transaction.execute("DELETE FROM customer WHERE id = ?", id)
    }
}
