public import Storage
public import StrictJSON

/// Notes who looked into the shop, and who changed who may do what.
public struct AuditWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Notes what deserves an entry of its own.
    ///
    /// - Parameters:
    ///   - verb: What was done.
    ///   - role: The caller's role.
    ///   - about: Ids, names of settings and the like; nothing personal and no secret.
    /// - Throws: `StorageError`.
    public func note(_ verb: String, by role: String, about: [JSON.Member]) throws {
        try forgetOld()
        try transaction.execute(
            """
            INSERT INTO audit (id, at, last_at, role, actor, verb, about, count) VALUES (?, ?, ?, ?, ?, ?, ?, 1)
            """, .integer(try Numbering.audit.next(in: transaction)), .integer(occasion.at.seconds),
            .integer(occasion.at.seconds), .text(role),
            .text(occasion.actor.description), .text(verb), .text(JSON.object(about).text))
    }

    /// Adds looks to the entry of their quarter of an hour.
    ///
    /// - Throws: `StorageError`.
    public func add(_ looks: AuditLooks, of key: AuditLooks.Key) throws {
        try forgetOld()
        let known = try transaction.reading.first(
            "SELECT id, about FROM audit WHERE quarter_at = ? AND role = ? AND actor = ? AND verb = ?",
            .integer(key.quarter), .text(key.role), .text(key.actor.description), .text(key.verb)
        ) { (id: $0.integer(0), about: try JSON(parsing: Array($0.text(1).utf8))) }
        guard let known else {
            return try transaction.execute(
                """
                INSERT INTO audit (id, at, last_at, quarter_at, role, actor, verb, about, count)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """, .integer(try Numbering.audit.next(in: transaction)), .integer(looks.firstAt.seconds),
                .integer(looks.lastAt.seconds),
                .integer(key.quarter), .text(key.role), .text(key.actor.description), .text(key.verb),
                .text(JSON.object(looks.subjects.members).text), .integer(looks.count))
        }
        var subjects = AuditSubjects(stored: known.about)
        subjects.add(looks.subjects)
        try transaction.execute(
            "UPDATE audit SET last_at = max(last_at, ?), about = ?, count = count + ? WHERE id = ?",
            .integer(looks.lastAt.seconds), .text(JSON.object(subjects.members).text), .integer(looks.count),
            .integer(known.id))
    }

    /// A few at a time, so that nobody waits for the rest.
    private func forgetOld() throws {
        guard let days = occasion.shop.policies.auditKeptDays else { return }
        let (seconds, isOverlong) = Int64(days).multipliedReportingOverflow(by: 86_400)
        guard !isOverlong else { return }
        try transaction.execute(
            "DELETE FROM audit WHERE id IN (SELECT id FROM audit WHERE last_at < ? ORDER BY last_at LIMIT 20)",
            .integer(occasion.at.seconds - seconds))
    }
}
