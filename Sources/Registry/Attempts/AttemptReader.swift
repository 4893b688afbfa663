public import Storage

/// Tells whether something may be tried now, where only what fails is counted.
public struct AttemptReader {
    private let transaction: ReadTransaction
    private let occasion: Occasion

    public init(_ transaction: ReadTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// - Throws: ``AttemptError/tooMany(retryAt:)`` when one more would not be counted now.
    public func admit(_ attempt: Attempt, of subject: String) throws {
        let began = try transaction.first(
            "SELECT began_at FROM attempt WHERE kind = ? AND subject = ? AND count >= ? AND began_at + ? > ?",
            .text(attempt.rawValue), Attempt.digest(of: subject), .integer(attempt.limit),
            .integer(attempt.seconds), .integer(occasion.at.seconds)
        ) { $0.integer(0) }
        guard let began else { return }
        throw AttemptError.tooMany(retryAt: Instant(seconds: began + attempt.seconds))
    }
}
