public import Storage

/// Counts attempts; of whose they are only a digest is kept.
///
/// A count must stay when the attempt is refused, so it belongs into a transaction of its own that is committed.
public struct AttemptWriter {
    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Counts an attempt of `subject`, such as an e-mail address's key.
    ///
    /// - Throws: ``AttemptError/tooMany(retryAt:)``; the attempt is then not counted.
    public func count(_ attempt: Attempt, of subject: String) throws {
        let now = occasion.at.seconds
        // A few at a time, so that nobody's attempt waits for the rest.
        try transaction.execute(
            """
            DELETE FROM attempt WHERE (kind, subject) IN
                (SELECT kind, subject FROM attempt WHERE began_at < ? ORDER BY began_at LIMIT 50)
            """, .integer(now - 86_400))
        let digest = Attempt.digest(of: subject)
        let (began, count) =
            try transaction.returning(
                """
                INSERT INTO attempt (kind, subject, began_at, count) VALUES (?, ?, ?, 1)
                ON CONFLICT (kind, subject) DO UPDATE SET
                    count = CASE WHEN began_at + ? <= excluded.began_at THEN 1 ELSE count + 1 END,
                    began_at = CASE WHEN began_at + ? <= excluded.began_at THEN excluded.began_at ELSE began_at END
                RETURNING began_at, count
                """, .text(attempt.rawValue), digest, .integer(now), .integer(attempt.seconds),
                .integer(attempt.seconds)
            ) { ($0.integer(0), $0.integer(1)) } ?? (now, 1)
        guard count <= attempt.limit else {
            throw AttemptError.tooMany(retryAt: Instant(seconds: began + attempt.seconds))
        }
    }

    /// Takes one attempt back, since it succeeded.
    public func uncount(_ attempt: Attempt, of subject: String) throws {
        try transaction.execute(
            "UPDATE attempt SET count = count - 1 WHERE kind = ? AND subject = ? AND count > 1",
            .text(attempt.rawValue), Attempt.digest(of: subject))
    }

    /// Forgets the attempts of somebody who has succeeded.
    public func forget(_ attempt: Attempt, of subject: String) throws {
        try transaction.execute(
            "DELETE FROM attempt WHERE kind = ? AND subject = ?", .text(attempt.rawValue),
            Attempt.digest(of: subject))
    }
}
