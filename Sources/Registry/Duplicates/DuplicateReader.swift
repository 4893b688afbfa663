public import Storage

/// Suggests customers who may be the same, along the indexes of what they have in common.
///
/// Every customer is looked at a bounded number of times, so that the work grows with the customers and not with their
/// pairs.
public struct DuplicateReader {
    /// So many customers are looked at for one page.
    private static let budget = 20_000
    /// So many are read from the index at a time.
    private static let chunk = 2_000
    /// What more customers than this have in common says nothing of any two of them; as many are compared.
    private static let groupLimit = 20

    private let transaction: ReadTransaction

    public init(_ transaction: ReadTransaction) {
        self.transaction = transaction
    }

    /// Pairs that nobody has called different, those with the same address first, then number, then name.
    ///
    /// - Returns: At most `limit` pairs, and where to go on; nil at the end. A page may hold fewer and still go on.
    public func page(
        after cursor: DuplicateCursor?, limit: Int
    ) throws -> (pairs: [Duplicate], next: DuplicateCursor?) {
        var position = cursor ?? .start
        var pairs: [Duplicate] = []
        var examined = 0
        while examined < Self.budget {
            if position.a > 0 {
                pairs += try self.pairs(at: position, limit: limit - pairs.count)
                if pairs.count == limit { return (pairs, Self.cursor(after: pairs, at: position)) }
                (position.a, position.b) = (0, 0)
            }
            let values = try values(after: position)
            examined += values.count
            // The last value may go on beyond the chunk; it is looked at with the next one.
            let isEnd = values.count < Self.chunk
            let last = isEnd || values.first == values.last ? nil : values.last
            for (index, value) in values.enumerated() where value != last {
                let isShared = index + 1 < values.count && values[index + 1] == value
                guard isShared, index == 0 || values[index - 1] != value else { continue }
                position.value = value
                pairs += try self.pairs(at: position, limit: limit - pairs.count)
                if pairs.count == limit { return (pairs, Self.cursor(after: pairs, at: position)) }
            }
            guard isEnd else {
                position.value = values.last { $0 != last } ?? position.value
                continue
            }
            guard let next = position.next else { return (pairs, nil) }
            position = next
        }
        return (pairs, position)
    }

    private static func cursor(after pairs: [Duplicate], at position: DuplicateCursor) -> DuplicateCursor {
        guard let last = pairs.last else { return position }
        return DuplicateCursor(
            key: position.key, value: position.value, a: last.a.id.rawValue, b: last.b.id.rawValue)
    }

    /// Values along the index, each as often as customers have it.
    private func values(after position: DuplicateCursor) throws -> [String] {
        let (value, limit) = (Value.text(position.value), Value.integer(Int64(Self.chunk)))
        let text = { (row: Row) in row.text(0) }
        switch position.key {
        case .email:
            // Only who shares an address with somebody has a seat; each stands for the first as well.
            return try transaction.all(
                """
                SELECT email_key FROM customer WHERE email_seat > 0 AND email_key > ? ORDER BY email_key LIMIT ?
                """, value, limit, element: text
            ).flatMap { [$0, $0] }
        case .phone:
            return try transaction.all(
                "SELECT phone_key FROM customer WHERE phone_key > ? ORDER BY phone_key LIMIT ?", value, limit,
                element: text)
        case .name:
            return try transaction.all(
                "SELECT name_key FROM customer WHERE name_key > ? ORDER BY name_key LIMIT ?", value, limit,
                element: text)
        }
    }

    /// The pairs of those who have a value, after the one in the cursor.
    private func pairs(at position: DuplicateCursor, limit: Int) throws -> [Duplicate] {
        let people = try people(at: position)
        var pairs: [Duplicate] = []
        for (index, a) in people.enumerated() {
            for b in people[(index + 1)...] where (a.id, b.id) > (position.a, position.b) {
                guard pairs.count < limit else { return pairs }
                if let pair = try a.duplicate(b, by: position.key, isShown: { try !isDistinct(a.id, b.id) }) {
                    pairs.append(pair)
                }
            }
        }
        return pairs
    }

    private func isDistinct(_ a: Int64, _ b: Int64) throws -> Bool {
        try transaction.exists("SELECT 1 FROM customer_distinct WHERE a = ? AND b = ?", .integer(a), .integer(b))
    }

    private func people(at position: DuplicateCursor) throws -> [Person] {
        let (value, limit) = (Value.text(position.value), Value.integer(Int64(Self.groupLimit)))
        let ids: [Int64] =
            switch position.key {
            case .email:
                try transaction.all(
                    "SELECT id FROM customer WHERE email_key = ? ORDER BY id LIMIT ?", value, limit
                ) { $0.integer(0) }
            case .phone:
                try transaction.all(
                    "SELECT id FROM customer WHERE phone_key = ? ORDER BY id LIMIT ?", value, limit
                ) { $0.integer(0) }
            case .name:
                try transaction.all(
                    "SELECT id FROM customer WHERE name_key = ? ORDER BY id LIMIT ?", value, limit
                ) { $0.integer(0) }
            }
        return try ids.compactMap(person)
    }

    /// What is compared of a customer; nil of one who is gone.
    private func person(_ id: Int64) throws -> Person? {
        let places = try transaction.all(
            "SELECT postcode, city FROM address WHERE customer_id = ? LIMIT 20", .integer(id)
        ) { (postcode: $0.textOrNil(0), city: $0.textOrNil(1)) }
        return try transaction.first(
            """
            SELECT id, number, coalesce(name, nullif(trim(coalesce(first_name, '') || ' ' || coalesce(last_name, '')), '')),
                email, email_key, phone, phone_key, name_key, birthday, is_test, order_count, joined_at, company
            FROM customer WHERE id = ? AND merged_into IS NULL AND status <> 'erased'
            """, .integer(id)
        ) { row in
            Person(
                id: id,
                candidate: Duplicate.Candidate(
                    id: CustomerID(rawValue: id), number: row.integer(1), name: row.textOrNil(2),
                    email: row.textOrNil(3), phone: row.textOrNil(5), orderCount: row.integer(10),
                    joinedAt: Instant(seconds: row.integer(11))),
                emailKey: row.textOrNil(4), phoneKey: row.textOrNil(6),
                nameKey: row.isNull(2) && row.isNull(12) ? nil : row.text(7), birthday: row.textOrNil(8),
                isTest: row.flag(9), postcodes: Set(places.compactMap(\.postcode).map(Folding.folded)),
                cities: Set(places.compactMap(\.city).map(Folding.folded)))
        }
    }
}

/// What is compared of a customer.
private struct Person {
    let id: Int64
    let candidate: Duplicate.Candidate
    let emailKey, phoneKey, nameKey, birthday: String?
    let isTest: Bool
    let postcodes, cities: Set<String>

    /// The pair of this one and another, nil when nothing speaks for it or it was shown by an earlier key.
    func duplicate(
        _ other: Person, by key: DuplicateCursor.Key, isShown: () throws -> Bool
    ) rethrows -> Duplicate? {
        guard isTest == other.isTest else { return nil }
        let reasons = Duplicate.Reason.allCases.filter { reason in
            switch reason {
            case .email: emailKey != nil && emailKey == other.emailKey
            case .phone: phoneKey != nil && phoneKey == other.phoneKey
            case .name: nameKey != nil && nameKey == other.nameKey
            case .birthday: birthday != nil && birthday == other.birthday
            case .postcode: !postcodes.isDisjoint(with: other.postcodes)
            case .city: !cities.isDisjoint(with: other.cities)
            }
        }
        // Each pair is shown once, by the first thing that the two share.
        guard reasons.first?.rawValue == key.rawValue, try isShown() else { return nil }
        var score = reasons.map(\.weight).reduce(0, +)
        if let birthday, let theirs = other.birthday, birthday != theirs { score -= 30 }
        return Duplicate(
            a: candidate, b: other.candidate, reasons: reasons, score: min(100, max(0, score)))
    }
}

extension Duplicate.Reason {
    /// What it adds to the score.
    fileprivate var weight: Int {
        switch self {
        case .email: 60
        case .phone: 50
        case .name: 30
        case .birthday: 30
        case .postcode: 15
        case .city: 5
        }
    }
}
