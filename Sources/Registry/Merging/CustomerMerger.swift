public import Storage
internal import StrictJSON

/// Makes one customer of two, and for 30 days two of the one again.
public struct CustomerMerger {
    /// How long a merge can be undone, in seconds: 30 days.
    static let term: Int64 = 30 * 86_400

    let transaction: WriteTransaction
    let occasion: Occasion
    let records: MergeRecords
    let timeline: TimelineWriter
    let totals: CustomerTotals

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
        records = MergeRecords(transaction: transaction)
        timeline = TimelineWriter(transaction: transaction, occasion: occasion)
        totals = CustomerTotals(transaction: transaction)
    }

    /// What a merge would do; nothing is changed.
    ///
    /// - Throws: ``MergeError``, but for blockers, which the outcome names; ``CustomerError``.
    public func preview(_ merge: CustomerMerge) throws -> CustomerMerge.Outcome {
        try transaction.savepoint(isKept: false) { try carryOut(merge) }
    }

    /// Merges a customer into another, which then has all that hung on both.
    ///
    /// What the orders know of their buyers does not change. The record merged away is left as a stub that leads to the
    /// survivor, also by its e-mail address, telephone number and external ids.
    ///
    /// - Throws: ``MergeError``, ``CustomerError/notFound``, ``CustomerError/erased``, ``CustomerError/merged(into:)``.
    public func merge(_ merge: CustomerMerge) throws -> CustomerMerge.Outcome {
        let outcome = try carryOut(merge)
        guard outcome.blockers.isEmpty else { throw MergeError.blocked(outcome.blockers) }
        return outcome
    }

    private func carryOut(_ merge: CustomerMerge) throws -> CustomerMerge.Outcome {
        guard merge.into != merge.from else { throw MergeError.sameCustomer }
        let reader = CustomerReader(transaction.reading)
        let (into, from) = (try reader.customer(merge.into), try reader.customer(merge.from))
        guard into.status != .erased, from.status != .erased else { throw CustomerError.erased }
        try records.forget(before: occasion.at.seconds - Self.term)
        let blockers = blockers(into, from, isForced: merge.isForced)
        let (own, others) = (try records.side(of: merge.into), try records.side(of: merge.from))
        let (side, conflicts) = try own.merged(with: others, merge.choices)
        let moves = try moves(of: merge.from)

        try enter(merge, others)
        try records.keep(own, .before, of: merge.from)
        let policies = occasion.shop.policies
        for part in CustomerPart.all {
            for statement in part.merge { try statement.run(transaction, policies, from: merge.from, into: merge.into) }
        }
        try ChannelTableWriter(transaction).merge(merge.from, into: merge.into)
        try ConsentMerge(transaction, occasion).merge(from, into: into, keeping: side.fields)
        try place(side, own, others, merge)
        try records.keep(try records.side(of: merge.into), .after, of: merge.from)
        for customer in [merge.into, merge.from] { try totals.recount(customer) }
        let survivor = try reader.customer(merge.into)
        try SearchWriter(transaction).replace(SearchTerms.terms(of: from), with: SearchTerms(), for: merge.from)
        try SearchWriter(transaction).replace(
            SearchTerms.terms(of: into), with: SearchTerms.terms(of: survivor), for: merge.into)
        try announce(.customerMerged, merge.from, merge.into)
        return CustomerMerge.Outcome(customer: survivor, conflicts: conflicts, moves: moves, blockers: blockers)
    }

    private func blockers(_ into: Customer, _ from: Customer, isForced: Bool) -> [MergeBlocker] {
        MergeBlocker.allCases.filter { blocker in
            switch blocker {
            case .denied: !isForced && (into.status == .denied) != (from.status == .denied)
            case .accounts: !isForced && into.account.isOwn && from.account.isOwn
            case .test: into.isTest != from.isTest
            }
        }
    }

    private func moves(of from: CustomerID) throws -> [(part: String, count: Int64)] {
        try CustomerPart.all.compactMap { part in
            guard let sql = part.count else { return nil }
            let count = try transaction.reading.first(sql, .integer(from.rawValue)) { $0.integer(0) }
            return (part.name, count ?? 0)
        }
    }

    private func enter(_ merge: CustomerMerge, _ side: MergeSide) throws {
        try transaction.execute(
            """
            INSERT INTO customer_merge (from_id, into_id, seq, merged_at, email, email_key, email_seat)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            .integer(merge.from.rawValue), .integer(merge.into.rawValue), .integer(try timeline.nextSeq()),
            .integer(occasion.at.seconds), .text(orNull: side.fields.email?.spelling),
            .text(orNull: side.fields.email?.key), .integer(side.seat))
    }

    /// Writes both records; the address that the survivor does not keep stays with the stub and leads from there.
    private func place(_ side: MergeSide, _ own: MergeSide, _ others: MergeSide, _ merge: CustomerMerge) throws {
        try transaction.execute(
            """
            UPDATE customer SET merged_into = ?, rev = rev + 1, email = NULL, email_key = NULL WHERE id = ?
            """, .integer(merge.into.rawValue), .integer(merge.from.rawValue))
        try records.put(side, to: merge.into)
        let left = side.address == own.address ? others.address : own.address
        try setAddress(left, of: merge.from)
    }

    func setAddress(_ address: MergeSide.Address, of stub: CustomerID) throws {
        try transaction.execute(
            "UPDATE customer SET email = ?, email_key = ?, email_seat = ? WHERE id = ?",
            .text(orNull: address.email?.spelling), .text(orNull: address.email?.key), .integer(address.seat),
            .integer(stub.rawValue))
    }

    /// Says in both timelines what became of the two.
    func announce(_ topic: Topic, _ from: CustomerID, _ into: CustomerID) throws {
        for side in [from, into] {
            try timeline.append(topic, customer: side) {
                $0.member("from", from.rawValue)
                $0.member("into", into.rawValue)
            }
        }
    }
}

extension AccountState {
    /// Whether somebody has made the account one's own.
    fileprivate var isOwn: Bool {
        switch self {
        case .none, .invited: false
        case .unconfirmed, .active: true
        }
    }
}
