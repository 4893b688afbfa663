public import Storage
internal import StrictJSON

/// Fits an older file of a tenant into today, before anybody uses it.
public struct RestoredFile {
    /// What was done.
    public struct Outcome: Sendable, Equatable {
        /// People who were erased again.
        public let erased: Int
        /// Consents that were taken back.
        public let objected: Int
        /// People who were denied again, and contacts.
        public let denied: Int
        /// Mails that waited then and may have gone out since; they wait for somebody to decide.
        public let mails: Int
    }

    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// The mails that have not gone out, by their message ids; asked of the file that goes.
    ///
    /// - Throws: `StorageError`.
    public static func unsentMails(_ transaction: ReadTransaction) throws -> Set<String> {
        Set(
            try transaction.all("SELECT message_id FROM mail WHERE state IN ('queued', 'held')") { $0.text(0) })
    }

    /// Does so, and notes it in the timeline.
    ///
    /// - Parameters:
    ///   - name: The backup's; nil when somebody just put the file there.
    ///   - ledger: Nil when there is none to heed.
    ///   - unsent: Mails that may still be sent without arriving twice.
    ///   - means: How the ledger is applied.
    /// - Returns: What was done.
    /// - Throws: `StorageError`, or what the means throw.
    public func settle(
        from name: String?, heeding ledger: RestoreLedger?, unsent: Set<String>, _ means: RestoreLedger.Means
    ) throws -> Outcome {
        try transaction.renewApplied()
        let heeded = try ledger?.apply(to: transaction, occasion, means)
        let mails = try doubtMails(except: unsent)
        let outcome = Outcome(
            erased: heeded?.erased ?? 0, objected: heeded?.objected ?? 0, denied: heeded?.denied ?? 0, mails: mails)
        try TimelineWriter(transaction: transaction, occasion: occasion).append(.tenantRestored) { writer in
            writer.member("backup", name)
            writer.member("erased", outcome.erased)
            writer.member("objected", outcome.objected)
            writer.member("denied", outcome.denied)
            writer.member("mails", outcome.mails)
        }
        return outcome
    }

    /// Lets mails that wait be decided on by somebody, but for those that have certainly not gone out.
    ///
    /// - Returns: How many.
    /// - Throws: `StorageError`.
    public func doubtMails(except unsent: Set<String>) throws -> Int {
        let waiting = try transaction.reading.all(
            "SELECT id, message_id FROM mail WHERE state IN ('queued', 'sending', 'held')"
        ) { (id: $0.integer(0), message: $0.text(1)) }
        let doubtful = waiting.filter { !unsent.contains($0.message) }
        for mail in doubtful {
            try transaction.execute(
                "UPDATE mail SET state = 'uncertain', next_attempt_at = NULL, changed_at = ? WHERE id = ?",
                .integer(occasion.at.seconds), .integer(mail.id))
        }
        return doubtful.count
    }
}
