public import Storage

/// Deletes mails that nothing more can happen to, once the shop need not keep them any longer.
///
/// Whatever may still go out stays, be it by hand, and so does a conversation's mail. A report or an answer to a mail
/// that is gone is not recognised by that mail any more.
public struct MailSweep {
    /// The most mails of one run, so that nobody's change waits long.
    public static let limit = 1_000

    private let transaction: WriteTransaction
    private let occasion: Occasion

    public init(_ transaction: WriteTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Deletes mails that were sent, came back or were withdrawn long enough ago; a mailing's counts stay right.
    ///
    /// - Returns: How many mails were deleted; more may be left when it is ``limit``.
    /// - Throws: `StorageError`.
    public func run() throws -> Int {
        guard let days = occasion.shop.policies.mail.keptDays else { return 0 }
        let (seconds, isOverlong) = Int64(days).multipliedReportingOverflow(by: 86_400)
        guard !isOverlong else { return 0 }
        // A mailing that is still being queued tells by its mails who has one.
        let mails = try transaction.reading.all(
            """
            SELECT id, mailing_id, state FROM mail INDEXED BY mail_over
            WHERE state IN ('sent', 'bounced', 'cancelled') AND kind <> 'message' AND changed_at < ?
                AND (mailing_id IS NULL OR mailing_id NOT IN (SELECT id FROM mailing WHERE state = 'queuing'))
            ORDER BY changed_at LIMIT ?
            """, .integer(occasion.at.seconds - seconds), .integer(Int64(Self.limit))
        ) { (id: $0.integer(0), mailing: $0.integerOrNil(1), state: $0.text(2)) }
        if !mails.isEmpty { transaction.scrub() }
        for mail in mails {
            if let mailing = mail.mailing { try note(mail.state, of: mailing) }
            try transaction.execute("DELETE FROM mail WHERE id = ?", .integer(mail.id))
        }
        return mails.count
    }

    private func note(_ state: String, of mailing: Int64) throws {
        try transaction.execute(
            """
            INSERT INTO mailing_swept (mailing_id, state, mails) VALUES (?, ?, 1)
            ON CONFLICT (mailing_id, state) DO UPDATE SET mails = mails + 1
            """, .integer(mailing), .text(state))
    }
}
