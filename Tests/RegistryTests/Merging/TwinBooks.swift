import Registry
import Storage
import XCTest

/// Two registries to which the same happens, but that only one of them merges customers: what the other holds is what
/// un-merging has to bring back.
struct TwinBooks {
    typealias Change = @Sendable (WriteTransaction, Occasion) throws -> Void

    var merged: Book
    var apart: Book
    /// Whether what either refuses happens in neither; if not, the two soon know of different things.
    let isComparable: Bool

    init(_ policies: Policies, isComparable: Bool) throws {
        merged = try Book(policies: policies).withMail()
        apart = try Book(policies: policies).withMail()
        self.isComparable = isComparable
    }

    mutating func advance(seconds: Int64) {
        let later = Instant(seconds: merged.occasion.at.seconds + seconds)
        (merged.occasion.at, apart.occasion.at) = (later, later)
    }

    /// Makes a change in both, with `other` in the one that does not merge.
    ///
    /// - Returns: Whether it was made.
    @discardableResult
    func change(_ change: @escaping Change, apart other: Change? = nil) throws -> Bool {
        let other = other ?? change
        do {
            try merged.write { transaction in
                try change(transaction, merged.occasion)
                do {
                    try apart.write { try other($0, apart.occasion) }
                } catch let refusal as any Refusal where !isComparable {
                    _ = refusal
                }
            }
            return true
        } catch is any Refusal {
            return false
        }
    }

    /// Those who are not merged away.
    func survivors() throws -> [CustomerID] {
        try merged.read {
            try $0.all("SELECT id FROM customer WHERE merged_into IS NULL ORDER BY id", element: Self.id)
        }
    }

    /// Those merged away whose merge can be undone now: the survivor is one still.
    func undoable() throws -> [CustomerID] {
        try merged.read {
            try $0.all(
                """
                SELECT m.from_id FROM customer_merge m JOIN customer c ON c.id = m.into_id
                WHERE c.merged_into IS NULL ORDER BY m.from_id
                """, element: Self.id)
        }
    }

    /// Compares who is neither merged away nor a survivor with what they are where nobody was ever merged.
    func compare(_ note: String) throws {
        guard isComparable else { return }
        let free = try merged.read {
            try $0.all(
                """
                SELECT id FROM customer WHERE merged_into IS NULL
                AND id NOT IN (SELECT merged_into FROM customer WHERE merged_into IS NOT NULL) ORDER BY id
                """, element: Self.id)
        }
        for customer in free {
            let (with, without) = (
                try CustomerRows(of: customer, in: merged), try CustomerRows(of: customer, in: apart)
            )
            XCTAssertEqual(with.difference(from: without), [], "customer \(customer.rawValue), \(note)")
            try compareConsent(of: customer, note)
        }
    }

    /// Nobody may be written to who could not be, had there been no merge.
    private func compareConsent(of customer: CustomerID, _ note: String) throws {
        let (with, without) = (try merged.newsletter(customer), try apart.newsletter(customer))
        guard with == .subscribed else { return }
        XCTAssertEqual(without, .subscribed, "consent of customer \(customer.rawValue), \(note)")
    }

    /// Checks what holds whatever happens: the file, what is kept twice, and that nothing hangs on who is merged away.
    func check(_ note: String) throws {
        XCTAssertEqual(try merged.mismatches(), [], note)
        let problems = try merged.read { transaction in
            try transaction.integrityProblems()
                + transaction.all("SELECT \"table\" || ' ' || rowid FROM pragma_foreign_key_check") { $0.text(0) }
        }
        XCTAssertEqual(problems, [], note)
        let left = try merged.read { transaction in
            try transaction.all(
                """
                SELECT 'order ' || o.id FROM customer_order o JOIN customer c ON c.id = o.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'note ' || n.id FROM note n JOIN customer c ON c.id = n.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'comment ' || n.id FROM comment n JOIN customer c ON c.id = n.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'mention ' || m.comment_id FROM comment_mention m JOIN customer c ON c.id = m.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'tag ' || t.tag_id FROM customer_tag t JOIN customer c ON c.id = t.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'group ' || g.group_id FROM customer_group g JOIN customer c ON c.id = g.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'consent ' || s.purpose FROM consent s JOIN customer c ON c.id = s.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'evidence ' || e.id FROM consent_evidence e JOIN customer c ON c.id = e.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'coupon ' || k.id FROM coupon k JOIN customer c ON c.id = k.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'redemption ' || r.id FROM coupon_redemption r JOIN customer c ON c.id = r.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'ext ' || x.ext FROM customer_ext x JOIN customer c ON c.id = x.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'thread ' || t.id FROM thread t JOIN customer c ON c.id = t.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'message ' || m.id FROM message m JOIN customer c ON c.id = m.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'mail ' || m.id FROM mail m JOIN customer c ON c.id = m.customer_id
                WHERE c.merged_into IS NOT NULL
                UNION ALL SELECT 'noted row of ' || from_id FROM customer_merge_row
                WHERE from_id NOT IN (SELECT from_id FROM customer_merge)
                """
            ) { $0.text(0) }
        }
        XCTAssertEqual(left, [], note)
    }

    /// Everybody is found by the name that the record has, and nobody by another's.
    func checkSearch(_ note: String) throws {
        for customer in try survivors() {
            var query = CustomerQuery()
            query.search = try XCTUnwrap(merged.customer(customer).fields.name)
            let asked = query
            let found = try merged.read {
                try CustomerList($0, merged.occasion.shop).page(asked, after: nil, limit: 99).customers.map(\.id)
            }
            XCTAssertEqual(found, [customer], "\(asked.search ?? ""), \(note)")
        }
    }

    private static func id(_ row: Row) -> CustomerID { CustomerID(rawValue: row.integer(0)) }
}
