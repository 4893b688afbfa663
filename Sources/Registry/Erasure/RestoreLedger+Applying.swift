internal import Storage

extension RestoreLedger {
    /// Takes somebody out of what is others', such as their orders; with a time only out of what came in until then.
    public typealias Forgetting = (_ email: EmailAddress, _ time: Instant?) throws -> Void

    /// How an older file is brought up to date.
    public struct Means {
        let redact: CustomerEraser.Redaction
        let forget: Forgetting

        /// - Parameters:
        ///   - redact: Takes what is personal out of an order's details.
        ///   - forget: Takes an erased person out of what is others'.
        public init(redact: @escaping CustomerEraser.Redaction, forget: @escaping Forgetting) {
            self.redact = redact
            self.forget = forget
        }
    }

    /// What was made up for in an older file.
    struct Outcome {
        var erased = 0
        var objected = 0
        var denied = 0
    }

    /// Brings an older file up to what people have asked for since.
    ///
    /// Somebody who is in both files is the same when id, number and time of joining are.
    ///
    /// - Parameters:
    ///   - transaction: The older file's.
    ///   - occasion: The restore.
    ///   - means: How.
    /// - Returns: How many people were erased again, consents taken back, and people denied again.
    /// - Throws: `StorageError`, or what the means throw.
    func apply(to transaction: WriteTransaction, _ occasion: Occasion, _ means: Means) throws -> Outcome {
        for (name, value) in keys {
            try transaction.execute(
                """
                INSERT INTO secret (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value
                """, .text(name), .blob(value))
        }
        let list = SuppressionWriter(transaction: transaction)
        for (place, suppression) in suppressed {
            try list.enter(place.hash, suppression.purpose, suppression.reason, suppression.at)
        }
        var outcome = Outcome()
        outcome.erased = try erase(transaction, occasion, means)
        try forgetParticipants(transaction, means)
        outcome.denied = try deny(transaction, occasion)
        let writer = ConsentWriter(transaction, occasion)
        for (matter, state) in objections {
            guard let customer = try Self.find(matter.person, transaction), customer.status != .erased else { continue }
            if try writer.restore(state, of: customer.id) { outcome.objected += 1 }
        }
        for (selector, at) in revoked {
            try transaction.execute(
                "UPDATE token SET revoked_at = coalesce(revoked_at, ?) WHERE selector = ?", .integer(at),
                .text(selector))
        }
        outcome.objected += try heed(writer, transaction)
        // What comes of it is newer than either, and no addition to a ledger tells of it.
        try transaction.execute("DELETE FROM ledger_news")
        try transaction.execute(
            "UPDATE sequence SET value = max(value, ?) + 1 WHERE name = 'ledger'", .integer(version))
        return outcome
    }

    private func erase(_ transaction: WriteTransaction, _ occasion: Occasion, _ means: Means) throws -> Int {
        var count = 0
        let eraser = CustomerEraser(transaction, occasion, redact: means.redact)
        for person in erased.sorted(by: { $0.id.rawValue < $1.id.rawValue }) {
            guard let customer = try Self.find(person, transaction), customer.status != .erased else { continue }
            let emails = try CustomerReader(transaction.reading).emails(of: customer.id)
            _ = try eraser.erase(customer.id)
            for email in emails { try means.forget(email, nil) }
            count += 1
        }
        return count
    }

    /// Takes people out of others' orders who were erased since and were not customers yet: they are known by the hashes of
    /// their addresses.
    private func forgetParticipants(_ transaction: WriteTransaction, _ means: Means) throws {
        var times: [[UInt8]: Instant] = [:]
        for (place, suppression) in suppressed where suppression.reason == .erased {
            times[place.hash] = max(times[place.hash] ?? suppression.at, suppression.at)
        }
        guard !times.isEmpty, let key = try TenantSecret.key(.suppression, transaction.reading) else { return }
        let (hmac, reader) = (HMAC(key: key), ParticipantReader(transaction.reading))
        var last = ""
        while true {
            let page = try reader.addresses(after: last, limit: 500)
            for key in page {
                guard let time = times[hmac.hash(Contact.email(key).bytes)] else { continue }
                let email = EmailAddress(storedSpelling: key, key: key)
                // Whose address it is also stays among those who come.
                guard try CustomerReader(transaction.reading).customers(email: email).isEmpty else { continue }
                try means.forget(email, time)
            }
            guard let end = page.last else { return }
            last = end
        }
    }

    /// Denies again who has been denied since; people who are not customers yet, and contacts, by their hashes.
    private func deny(_ transaction: WriteTransaction, _ occasion: Occasion) throws -> Int {
        var count = 0
        var hashes = deniedContacts
        let writer = CustomerWriter(transaction, occasion)
        for (person, contacts) in denied.sorted(by: { $0.key.id.rawValue < $1.key.id.rawValue }) {
            guard let customer = try Self.find(person, transaction) else {
                hashes.formUnion(contacts)
                continue
            }
            switch customer.status {
            case .active, .disabled:
                try writer.deny(customer.id, reasons[person] ?? DenialReasons(inner: nil, outer: nil))
                count += 1
            case .denied, .erased: break
            }
        }
        // Those that the older file has with their reasons need no hash.
        let known = Set(try LedgerReader(transaction.reading).contactHashes())
        for hash in hashes.subtracting(known).sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            try transaction.execute(
                "INSERT INTO denied_hash (hash, denied_at) VALUES (?, ?)", .blob(hash),
                .integer(occasion.at.seconds))
            count += 1
        }
        return count
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
}
