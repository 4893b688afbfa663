public import Storage

/// Asks the suppression list; nobody can read from it whom it is about.
public struct SuppressionReader {
    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// What is known against somebody with these contacts: for each purpose the newest entry.
    public func suppressions(of contacts: [Contact]) throws -> [Suppression] {
        // As long as nobody ever objected, this is all an order's new customer costs.
        guard !contacts.isEmpty, let key = try TenantSecret.key(.suppression, transaction) else { return [] }
        let hmac = HMAC(key: key)
        var newest: [ConsentPurpose: Suppression] = [:]
        for contact in contacts {
            for found in try suppressions(of: hmac.hash(contact.bytes)) {
                if let other = newest[found.purpose], other.at.seconds >= found.at.seconds { continue }
                newest[found.purpose] = found
            }
        }
        return ConsentPurpose.allCases.compactMap { newest[$0] }
    }

    /// How many entries there are, by purpose and reason.
    public func counts() throws -> [(purpose: String, reason: String, count: Int64)] {
        try transaction.all(
            "SELECT purpose, reason, count(*) FROM suppression GROUP BY purpose, reason ORDER BY purpose, reason"
        ) { (purpose: $0.text(0), reason: $0.text(1), count: $0.integer(2)) }
    }

    private func suppressions(of hash: [UInt8]) throws -> [Suppression] {
        try transaction.all(
            "SELECT purpose, reason, at FROM suppression WHERE hash = ?", .blob(hash)
        ) { row in
            Suppression(
                purpose: ConsentPurpose(rawValue: row.text(0)) ?? .newsletter,
                reason: SuppressionReason(rawValue: row.text(1)) ?? .unsubscribed, at: Instant(seconds: row.integer(2)))
        }
    }
}
