public import Storage

/// How many mails of a tenant may still leave now.
///
/// A tenth of what may leave is kept for service mails: a newsletter does not stop anybody's sign-in.
public struct MailAllowance {
    /// What a mail waits for.
    public struct Wait: Sendable, Equatable {
        /// The setting that limits the mails.
        public let setting: String
        /// When the next one may go out.
        public let until: Instant

        public init(setting: String, until: Instant) {
            self.setting = setting
            self.until = until
        }
    }

    private let transaction: ReadTransaction
    private let occasion: Occasion

    public init(_ transaction: ReadTransaction, _ occasion: Occasion) {
        self.transaction = transaction
        self.occasion = occasion
    }

    /// Why the next mail of a purpose cannot go out now; nil when it can.
    ///
    /// - Throws: `StorageError`.
    public func wait(for purpose: MailPurpose) throws -> Wait? {
        let policies = occasion.shop.policies
        let waits = try [
            wait("mail.per_hour", policies.mail.perHour.map { Int64($0) }, seconds: 3_600, purpose),
            wait("limit.mails", policies.limits.mails, seconds: 86_400, purpose),
        ]
        return waits.compactMap(\.self).max { $0.until < $1.until }
    }

    private func wait(_ setting: String, _ limit: Int64?, seconds: Int64, _ purpose: MailPurpose) throws -> Wait? {
        guard let limit else { return nil }
        let most =
            switch purpose {
            case .service: limit
            case .marketing: max(limit - max(limit / 10, 1), 1)
            }
        // The mail after which so many have left: another may leave once it is long enough ago.
        let oldest = try transaction.first(
            """
            SELECT attempted_at FROM mail WHERE attempted_at > ? ORDER BY attempted_at DESC LIMIT 1 OFFSET ?
            """, .integer(occasion.at.seconds - seconds), .integer(most - 1)
        ) { $0.integer(0) }
        return oldest.map { Wait(setting: setting, until: Instant(seconds: $0 + seconds)) }
    }
}
