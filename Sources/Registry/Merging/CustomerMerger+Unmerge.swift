internal import Storage

extension CustomerMerger {
    /// Takes a merge back: both records and what hung on each are as before, and what has been changed since stays.
    ///
    /// Orders that came after the merge stay with the survivor. Consent is given back only as far as the survivor
    /// stands for it.
    ///
    /// - Returns: The survivor.
    /// - Throws: ``MergeError/notMerged``, ``MergeError/expired``, ``CustomerError/merged(into:)`` when the survivor has
    ///   itself been merged since, ``CustomerError/emailTaken(by:)`` when the address belongs to somebody else by now.
    public func unmerge(_ from: CustomerID) throws -> CustomerID {
        let merge = try record(of: from)
        let into = merge.into
        let reader = CustomerReader(transaction.reading)
        let merged = try reader.customer(into)
        guard merged.status != .erased else { throw CustomerError.erased }
        let (before, after) = (try records.side(.before, of: from), try records.side(.after, of: from))
        let policies = occasion.shop.policies
        try shareOut(from, into)
        for part in CustomerPart.all {
            for statement in part.unmerge { try statement.run(transaction, policies, from: from, into: into) }
        }
        try ChannelTableWriter(transaction).unmerge(from, from: into)
        try ConsentMerge(transaction, occasion).unmerge(from, from: into)
        var side = try records.side(of: into)
        side.takeBack(to: before, from: after)
        try separate(side, merge)
        try rebase(merge, to: before, from: after)
        try records.delete(from)
        for customer in [into, from] { try totals.recount(customer) }
        let (survivor, released) = (try reader.customer(into), try reader.customer(from))
        try SearchWriter(transaction).replace(SearchTerms(), with: SearchTerms.terms(of: released), for: from)
        try SearchWriter(transaction).replace(
            SearchTerms.terms(of: merged), with: SearchTerms.terms(of: survivor), for: into)
        try announce(.customerUnmerged, from, into)
        return into
    }

    /// A merge that can be undone.
    private struct Record {
        let from: CustomerID
        let into: CustomerID
        /// Later merges have a greater one.
        let seq: Int64
        /// The address of the customer merged away, as it was.
        let address: MergeSide.Address
    }

    private func record(of from: CustomerID) throws -> Record {
        let found = try transaction.reading.first(
            "SELECT into_id, seq, merged_at, email, email_key, email_seat FROM customer_merge WHERE from_id = ?",
            .integer(from.rawValue)
        ) { row in
            let email = row.textOrNil(3).map { EmailAddress(storedSpelling: $0, key: row.text(4)) }
            let address = MergeSide.Address(email: email, seat: row.integer(5), verifiedAt: nil)
            let record = Record(
                from: from, into: CustomerReader.id(row), seq: row.integer(1), address: address)
            return (record: record, mergedAt: row.integer(2))
        }
        guard let found else {
            _ = try CustomerReader(transaction.reading).record(from)
            throw MergeError.notMerged
        }
        guard occasion.at.seconds - found.mergedAt <= Self.term else { throw MergeError.expired }
        return found.record
    }

    /// Leaves with the survivor what another customer merged into it has brought as well.
    private func shareOut(_ from: CustomerID, _ into: CustomerID) throws {
        try transaction.execute(
            """
            UPDATE customer_merge_row SET is_shared = 0
            WHERE is_shared = 1 AND from_id IN (SELECT from_id FROM customer_merge WHERE into_id = ? AND from_id <> ?)
            AND EXISTS (
                SELECT 1 FROM customer_merge_row own WHERE own.from_id = ? AND own.part = customer_merge_row.part
                AND own.key = customer_merge_row.key AND own.is_shared = 0)
            """, .integer(into.rawValue), .integer(from.rawValue), .integer(from.rawValue))
        try transaction.execute(
            """
            UPDATE customer_merge_row SET is_shared = 1 WHERE from_id = ? AND is_shared = 0 AND EXISTS (
                SELECT 1 FROM customer_merge other JOIN customer_merge_row theirs ON theirs.from_id = other.from_id
                WHERE other.into_id = ? AND other.from_id <> customer_merge_row.from_id
                AND theirs.part = customer_merge_row.part AND theirs.key = customer_merge_row.key)
            """, .integer(from.rawValue), .integer(into.rawValue))
    }

    /// Writes both records, each with an address of its own.
    private func separate(_ side: MergeSide, _ merge: Record) throws {
        let alias = try records.side(of: merge.from).address
        try transaction.execute(
            "UPDATE customer SET merged_into = NULL, rev = rev + 1, email = NULL, email_key = NULL WHERE id = ?",
            .integer(merge.from.rawValue))
        if let key = merge.address.email?.key {
            // Another stub may hold the address by a later merge; it leads by this one's from now on.
            let holder = try transaction.reading.first(
                "SELECT id FROM customer WHERE merged_into = ? AND email_key = ? AND email_seat = ?",
                .integer(merge.into.rawValue), .text(key), .integer(merge.address.seat), element: CustomerReader.id)
            if let holder { try setAddress(alias, of: holder) }
        }
        do {
            try records.put(side, to: merge.into)
            try setAddress(merge.address, of: merge.from)
        } catch let error as StorageError where error.isUniqueViolation {
            let email = merge.address.email
            let holders = try email.map { try CustomerReader(transaction.reading).customers(email: $0) } ?? []
            throw CustomerError.emailTaken(by: holders.first ?? merge.into)
        }
    }

    /// Takes out of later merges what they know by this one.
    private func rebase(_ merge: Record, to before: MergeSide, from after: MergeSide) throws {
        let later = try transaction.reading.all(
            "SELECT from_id FROM customer_merge WHERE into_id = ? AND seq > ?", .integer(merge.into.rawValue),
            .integer(merge.seq), element: CustomerReader.id)
        for customer in later {
            for moment in [MergeRecords.Moment.before, .after] {
                var side = try records.side(moment, of: customer)
                side.takeBack(to: before, from: after)
                try records.keep(side, moment, of: customer)
            }
        }
    }
}
