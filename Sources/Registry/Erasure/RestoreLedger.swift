public import Storage

/// What must survive when a tenant's file is replaced by an older one: who was erased, who objected, and which tokens were
/// revoked.
///
/// Read it from the file that goes, and apply it to the one that comes, before anybody uses that. A backup brings erased
/// people back otherwise (decidim #3315).
public struct RestoreLedger: Sendable {
    struct Person: Sendable {
        let id: CustomerID
        let number: Int64
        let joinedAt: Int64
    }

    struct Objection: Sendable {
        let person: Person
        let state: ConsentState
    }

    struct Entry: Sendable {
        let hash: [UInt8]
        let suppression: Suppression
    }

    /// What it was read at; see ``version(_:)``.
    public let version: Int64
    var keys: [(name: String, value: [UInt8])] = []
    var entries: [Entry] = []
    var erased: [Person] = []
    var objections: [Objection] = []
    /// Tokens that no longer open anything.
    var revoked: [(selector: String, at: Int64)] = []

    /// An empty one.
    init(version: Int64) {
        self.version = version
    }

    /// Reads the file that is to be replaced.
    public init(_ transaction: ReadTransaction) throws {
        version = try Self.version(transaction)
        keys = try transaction.all("SELECT name, value FROM secret") { ($0.text(0), $0.bytes(1)) }
        entries = try transaction.all("SELECT hash, purpose, reason, at FROM suppression") { row in
            Entry(
                hash: row.bytes(0),
                suppression: Suppression(
                    purpose: ConsentPurpose(rawValue: row.text(1)) ?? .newsletter,
                    reason: SuppressionReason(rawValue: row.text(2)) ?? .unsubscribed,
                    at: Instant(seconds: row.integer(3))))
        }
        erased = try transaction.all(
            "SELECT id, number, joined_at FROM customer WHERE status = 'erased' AND status <> 'active' ORDER BY id",
            element: Self.person)
        objections = try transaction.all(
            """
            SELECT c.id, c.number, c.joined_at, s.purpose, s.status, s.changed_at
            FROM consent s JOIN customer c ON c.id = s.customer_id WHERE s.status IN ('unsubscribed', 'bounced')
            """
        ) { row in
            Objection(
                person: Self.person(row),
                state: ConsentState(
                    purpose: ConsentPurpose(rawValue: row.text(3)) ?? .newsletter,
                    status: ConsentStatus(rawValue: row.text(4)) ?? .unsubscribed,
                    changedAt: Instant(seconds: row.integer(5))))
        }
        revoked = try transaction.all(
            "SELECT selector, revoked_at FROM token WHERE revoked_at IS NOT NULL ORDER BY selector"
        ) { ($0.text(0), $0.integer(1)) }
    }

    /// Brings an older file up to what people have asked for since.
    ///
    /// Somebody who is in both files is the same when id, number and time of joining are.
    ///
    /// - Parameters:
    ///   - transaction: The older file's.
    ///   - occasion: The restore.
    ///   - redact: Takes what is personal out of an order's details.
    /// - Returns: How many people were erased again, and how many consents taken back.
    /// - Throws: `StorageError`.
    public func apply(
        to transaction: WriteTransaction, _ occasion: Occasion, redact: @escaping CustomerEraser.Redaction
    ) throws -> (erased: Int, objected: Int) {
        for key in keys {
            try transaction.execute(
                """
                INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, .text(key.name), .blob(key.value))
        }
        let list = SuppressionWriter(transaction: transaction)
        for entry in entries {
            let suppression = entry.suppression
            try list.enter(entry.hash, suppression.purpose, suppression.reason, suppression.at)
        }
        var count = (erased: 0, objected: 0)
        let eraser = CustomerEraser(transaction, occasion, redact: redact)
        for person in erased {
            guard let customer = try Self.find(person, transaction), customer.status != .erased else { continue }
            _ = try eraser.erase(customer.id)
            count.erased += 1
        }
        let writer = ConsentWriter(transaction, occasion)
        for objection in objections {
            guard let customer = try Self.find(objection.person, transaction), customer.status != .erased else {
                continue
            }
            if try writer.restore(objection.state, of: customer.id) { count.objected += 1 }
        }
        for token in revoked {
            try transaction.execute(
                "UPDATE token SET revoked_at = coalesce(revoked_at, ?) WHERE selector = ?", .integer(token.at),
                .text(token.selector))
        }
        // What comes of it is newer than either.
        try transaction.execute(
            "UPDATE sequence SET value = max(value, ?) + 1 WHERE name = 'ledger'", .integer(version))
        return (count.erased, try count.objected + heed(writer, transaction))
    }

    /// Lets the list speak for everybody who is subscribed in the older file.
    private func heed(_ writer: ConsentWriter, _ transaction: WriteTransaction) throws -> Int {
        var count = 0
        var last: Int64 = 0
        while true {
            let page = try transaction.reading.all(
                """
                SELECT DISTINCT customer_id FROM consent
                WHERE status IN ('subscribed', 'pending') AND customer_id > ? ORDER BY customer_id LIMIT 500
                """, .integer(last), element: CustomerReader.id)
            for customer in page { count += try writer.heedList(of: customer) }
            guard let end = page.last else { return count }
            last = end.rawValue
        }
    }

    /// The same person in the older file, nil when there is none, or only what a merge left.
    private static func find(_ person: Person, _ transaction: WriteTransaction) throws -> Customer? {
        let isThere = try transaction.reading.exists(
            "SELECT 1 FROM customer WHERE id = ? AND number = ? AND joined_at = ? AND merged_into IS NULL",
            .integer(person.id.rawValue), .integer(person.number), .integer(person.joinedAt))
        return isThere ? try CustomerReader(transaction.reading).record(person.id) : nil
    }

    private static func person(_ row: Row) -> Person {
        Person(id: CustomerReader.id(row), number: row.integer(1), joinedAt: row.integer(2))
    }
}
