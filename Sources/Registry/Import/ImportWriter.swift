public import Storage
internal import StrictJSON

/// Enters imported customers, batch by batch, so that each import can be undone.
public struct ImportWriter {
    let transaction: WriteTransaction
    let occasion: Occasion
    let options: ImportOptions
    let reader: CustomerReader
    let customers: CustomerWriter

    public init(_ transaction: WriteTransaction, _ occasion: Occasion, _ options: ImportOptions = ImportOptions()) {
        self.transaction = transaction
        self.occasion = occasion
        self.options = options
        reader = CustomerReader(transaction.reading)
        customers = CustomerWriter(transaction, occasion)
    }

    /// Begins an import of about so many rows; `process` names the running program.
    public func begin(_ mode: ImportMode, process: String, rows: Int = 0) throws -> ImportID {
        try transaction.prepareForBulk()
        try PostponedIndexes(transaction).postpone(for: rows, occasion.shop.policies)
        return ImportID(
            rawValue: try transaction.insert(
                "INSERT INTO import (state, process, mode, actor, began_at) VALUES ('running', ?, ?, ?, ?)",
                .text(process), .text(mode.rawValue), .text(occasion.actor.description),
                .integer(occasion.at.seconds)))
    }

    /// Ends an import; `isComplete` is false when rows were left.
    public func end(_ id: ImportID, isComplete: Bool) throws {
        try PostponedIndexes(transaction).restoreAll()
        try transaction.execute(
            "UPDATE import SET state = ?, ended_at = ? WHERE id = ?", .text(isComplete ? "done" : "interrupted"),
            .integer(occasion.at.seconds), .integer(id.rawValue))
        try transaction.endBulk()
        try customers.timeline.append(.importEnded) { $0.member("import", id.rawValue) }
    }

    /// Enters rows: makes customers, or completes those who are there.
    ///
    /// - Returns: What became of them; a row that is left out has changed nothing.
    public func enter(_ rows: ImportRows, of id: ImportID) throws -> ImportOutcome {
        let matcher = ImportMatcher(transaction.reading, occasion.shop.policies, options)
        var outcome = ImportOutcome()
        var new = try NewCustomers(transaction, occasion, source: Self.source)
        let isOneEach = !occasion.shop.policies.sharesEmail && options.tags.isEmpty
        for start in stride(from: 0, to: rows.count, by: NewCustomers.atOnce) {
            let indexes = start..<min(start + NewCustomers.atOnce, rows.count)
            if isOneEach, new.isOpen, indexes.count == NewCustomers.atOnce, let places = rows.places(of: indexes),
                try new.insertAll(rows.values, at: places)
            {
                outcome.counts.rows += indexes.count
                outcome.counts.created += indexes.count
            } else {
                for index in indexes { try enter(rows, index, isOneEach, matcher, in: id, &new, &outcome) }
            }
        }
        try new.settle()
        try keep(new.runs, outcome.counts, of: id)
        return outcome
    }

    /// Enters a row; with `isOneEach` nobody shares an e-mail address.
    private func enter(
        _ rows: ImportRows, _ index: Int, _ isOneEach: Bool, _ matcher: ImportMatcher, in id: ImportID,
        _ new: inout NewCustomers, _ outcome: inout ImportOutcome
    ) throws {
        outcome.counts.rows += 1
        var isTaken = false
        if isOneEach, new.isOpen, let place = rows.place(of: index) {
            isTaken = try new.insert(rows.values, at: place) == nil
            guard isTaken else {
                outcome.counts.created += 1
                return
            }
        }
        let row = rows[index]
        do {
            if try !isTaken && create(row, matcher, &new, &outcome) {
                outcome.counts.created += 1
            } else if let found = try matcher.customer(of: row) {
                try new.settle()
                let isChanged = try complete(found, with: row, in: id, &outcome)
                if isChanged { outcome.counts.changed += 1 } else { outcome.leaveUnchanged(row) }
            }
        } catch let reason as ImportReason {
            leaveOut(row, reason, &outcome)
        } catch let error as CustomerError {
            leaveOut(row, .badField(error), &outcome)
        }
    }

    /// Makes a customer of a row about somebody new.
    ///
    /// - Returns: False when the customer is there.
    private func create(
        _ row: ImportedCustomer, _ matcher: ImportMatcher, _ new: inout NewCustomers, _ outcome: inout ImportOutcome
    ) throws -> Bool {
        let isEmailEnough = row.id == nil && row.ext == nil && row.fields.email != nil
        if !isEmailEnough { try new.prepareForPhones() }
        var seat: Int64 = 0
        // Inserting shows whether an address is taken, for half of what looking it up first costs.
        let isKnownToBeNew = try isEmailEnough && !occasion.shop.policies.sharesEmail && new.mayInsert(row, matcher)
        if !isKnownToBeNew {
            guard try matcher.customer(of: row) == nil else { return false }
            seat = try row.fields.email.map { try customers.freeSeat(at: $0, for: nil, row.fields) } ?? 0
        }
        guard let id = try new.insert(row, seat: seat) else { return false }
        try attach(row, to: id, &new, &outcome)
        return true
    }

    private func attach(
        _ row: ImportedCustomer, to id: CustomerID, _ new: inout NewCustomers, _ outcome: inout ImportOutcome
    ) throws {
        guard !row.isPlain || !options.tags.isEmpty else { return }
        try new.settle()
        if let ext = row.ext { try know(id, as: ext) }
        _ = try attach(row, to: id, &outcome)
        if !row.consents.isEmpty { new.noticeObjection() }
    }

    private func leaveOut(_ row: ImportedCustomer, _ reason: ImportReason, _ outcome: inout ImportOutcome) {
        outcome.counts.skipped += 1
        outcome.remarks.append(ImportRemark(row: row.row, column: nil, reason: reason))
    }

    private func keep(_ created: [ClosedRange<Int64>], _ counts: ImportCounts, of id: ImportID) throws {
        let seq = try TimelineReader(transaction.reading).lastSeq()
        for run in created {
            try transaction.execute(
                "INSERT INTO import_created (import_id, first_id, last_id, seq) VALUES (?, ?, ?, ?)",
                .integer(id.rawValue), .integer(run.lowerBound), .integer(run.upperBound), .integer(seq))
        }
        try transaction.execute(
            """
            UPDATE import SET rows = rows + ?, created = created + ?, changed = changed + ?, unchanged = unchanged + ?,
                skipped = skipped + ?
            WHERE id = ?
            """,
            .integer(Int64(counts.rows)), .integer(Int64(counts.created)), .integer(Int64(counts.changed)),
            .integer(Int64(counts.unchanged)), .integer(Int64(counts.skipped)), .integer(id.rawValue))
    }

    /// Counts rows that never came here because they could not be read.
    public func countSkipped(_ count: Int, of id: ImportID) throws {
        try transaction.execute(
            "UPDATE import SET rows = rows + ?, skipped = skipped + ? WHERE id = ?", .integer(Int64(count)),
            .integer(Int64(count)), .integer(id.rawValue))
    }
}
