internal import Storage

/// Reads from a tenant's file what belongs into its ledger.
struct LedgerReader {
    /// A change that waits to be written into the ledger.
    private struct News: Hashable {
        let kind: String
        let id: Int64
        let hash: [UInt8]
        let word: String

        /// What it is about, whatever it has become.
        var subject: News { kind == "contact" ? News(kind: kind, id: id, hash: hash, word: "") : self }
    }

    private let transaction: ReadTransaction

    init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// All of it.
    func all() throws -> [LedgerLine] {
        var lines = try keys()
        lines += try transaction.all("SELECT hash, purpose, reason, at FROM suppression", element: Self.suppressed)
        lines += try transaction.all(
            "SELECT id, number, joined_at FROM customer WHERE status = 'erased' AND status <> 'active'"
        ) { .erased(Self.person($0)) }
        lines += try transaction.all(
            """
            SELECT c.id, c.number, c.joined_at, s.purpose, s.status, s.changed_at
            FROM consent s JOIN customer c ON c.id = s.customer_id WHERE s.status IN ('unsubscribed', 'bounced')
            """, element: Self.objected)
        lines += try transaction.all("SELECT selector, revoked_at FROM token WHERE revoked_at IS NOT NULL") {
            .revoked(selector: $0.text(0), at: $0.integer(1))
        }
        let denied = try transaction.all(
            """
            SELECT id, number, joined_at FROM customer
            WHERE status = 'denied' AND status <> 'active' AND merged_into IS NULL
            """, element: Self.person)
        lines += try denied.map { .denied($0, hashes: try hashes(of: $0)) }
        return lines + (try contactHashes().map { .contactDenied(hash: $0) })
    }

    /// Why people are denied.
    func reasons() throws -> [RestoreLedger.Person: DenialReasons] {
        Dictionary(
            try transaction.all(
                """
                SELECT id, number, joined_at, deny_reason, public_reason FROM customer
                WHERE status = 'denied' AND status <> 'active' AND merged_into IS NULL
                """
            ) { (Self.person($0), DenialReasons(inner: $0.textOrNil(3), outer: $0.textOrNil(4))) }
        ) { $1 }
    }

    /// What has come with some versions; nil where the file does not tell all of that.
    func lines(_ versions: ClosedRange<Int64>) throws -> [LedgerLine]? {
        let news = try transaction.all(
            "SELECT kind, id, hash, word FROM ledger_news WHERE version BETWEEN ? AND ? ORDER BY version",
            .integer(versions.lowerBound), .integer(versions.upperBound)
        ) { News(kind: $0.text(0), id: $0.integer(1), hash: $0.bytes(2), word: $0.text(3)) }
        guard news.count == versions.count else { return nil }
        // What has changed twice is told once, as it is now; a contact as it was told last.
        var told: Set<News> = []
        return try news.reversed().filter { told.insert($0.subject).inserted }.compactMap(line)
    }

    /// What a change has come to; nil where nothing of it is left.
    private func line(_ news: News) throws -> LedgerLine? {
        switch news.kind {
        case "key":
            try transaction.first("SELECT name, value FROM secret WHERE name = ?", .text(news.word), element: Self.key)
        case "suppression": try suppression(of: news)
        case "erased": try person(news.id).map { .erased($0) }
        case "consent": try consent(of: news)
        case "token":
            try transaction.first(
                "SELECT selector, revoked_at FROM token WHERE selector = ? AND revoked_at IS NOT NULL",
                .text(news.word)
            ) { .revoked(selector: $0.text(0), at: $0.integer(1)) }
        case "standing": try standing(of: news.id)
        case "contact": news.word == "denied" ? .contactDenied(hash: news.hash) : .contactAllowed(hash: news.hash)
        // The column's check leaves nothing else.
        default: nil
        }
    }

    private func suppression(of news: News) throws -> LedgerLine? {
        let place = RestoreLedger.Place(
            hash: news.hash, purpose: ConsentPurpose(rawValue: news.word) ?? .newsletter)
        return try transaction.first(
            "SELECT hash, purpose, reason, at FROM suppression WHERE hash = ? AND purpose = ?", .blob(news.hash),
            .text(news.word), element: Self.suppressed) ?? .lifted(place)
    }

    private func consent(of news: News) throws -> LedgerLine? {
        guard let person = try person(news.id) else { return nil }
        return try transaction.first(
            """
            SELECT c.id, c.number, c.joined_at, s.purpose, s.status, s.changed_at
            FROM consent s JOIN customer c ON c.id = s.customer_id
            WHERE s.customer_id = ? AND s.purpose = ? AND s.status IN ('unsubscribed', 'bounced')
            """, .integer(news.id), .text(news.word), element: Self.objected)
            ?? .agreed(person, ConsentPurpose(rawValue: news.word) ?? .newsletter)
    }

    private func standing(of id: Int64) throws -> LedgerLine? {
        guard let person = try person(id) else { return nil }
        let isDenied = try transaction.exists(
            "SELECT 1 FROM customer WHERE id = ? AND status = 'denied' AND merged_into IS NULL", .integer(id))
        return isDenied ? .denied(person, hashes: try hashes(of: person)) : .allowed(person)
    }

    private func person(_ id: Int64) throws -> RestoreLedger.Person? {
        try transaction.first(
            "SELECT id, number, joined_at FROM customer WHERE id = ?", .integer(id), element: Self.person)
    }

    private func keys() throws -> [LedgerLine] {
        try transaction.all("SELECT name, value FROM secret", element: Self.key)
    }

    private func hashes(of person: RestoreLedger.Person) throws -> [[UInt8]] {
        guard let key = try TenantSecret.key(.suppression, transaction) else { return [] }
        let hmac = HMAC(key: key)
        return try CustomerReader(transaction).record(person.id).fields.contacts.map { hmac.hash($0.bytes) }
    }

    /// The hashes of denied contacts, those of erased people among them.
    func contactHashes() throws -> [[UInt8]] {
        guard let key = try TenantSecret.key(.suppression, transaction) else { return [] }
        let hmac = HMAC(key: key)
        let known = try transaction.all("SELECT kind, key FROM denied_contact") { row in
            row.text(0) == "email" ? Contact.email(row.text(1)) : .phone(row.text(1))
        }
        return try known.map { hmac.hash($0.bytes) } + transaction.all("SELECT hash FROM denied_hash") { $0.bytes(0) }
    }

    private static func key(_ row: Row) -> LedgerLine { .key(name: row.text(0), value: row.bytes(1)) }

    private static func suppressed(_ row: Row) -> LedgerLine {
        let purpose = ConsentPurpose(rawValue: row.text(1)) ?? .newsletter
        return .suppressed(
            RestoreLedger.Place(hash: row.bytes(0), purpose: purpose),
            Suppression(
                purpose: purpose, reason: SuppressionReason(rawValue: row.text(2)) ?? .unsubscribed,
                at: Instant(seconds: row.integer(3))))
    }

    private static func objected(_ row: Row) -> LedgerLine {
        .objected(
            person(row),
            ConsentState(
                purpose: ConsentPurpose(rawValue: row.text(3)) ?? .newsletter,
                status: ConsentStatus(rawValue: row.text(4)) ?? .unsubscribed,
                changedAt: Instant(seconds: row.integer(5))))
    }

    private static func person(_ row: Row) -> RestoreLedger.Person {
        RestoreLedger.Person(id: CustomerReader.id(row), number: row.integer(1), joinedAt: row.integer(2))
    }
}
