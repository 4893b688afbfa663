internal import Storage
internal import StrictJSON

/// New customers of an import, entered side by side: what hangs on each follows for many in one statement.
///
/// They are what `CustomerWriter.create` would make of them, one by one.
struct NewCustomers {
    private let transaction: WriteTransaction
    private let occasion: Occasion
    private let source: String
    /// The last number given out.
    private var number: Int64
    /// The highest number that may be given out; nil for any.
    private let highestNumber: Int64?
    /// Whether anybody ever objected to anything.
    private var heedsObjections: Bool
    /// Whether a telephone number can be all that is known of somebody.
    private var hasPeopleWithoutEmail: Bool
    /// Whether look-ups by telephone number are known to be quick.
    private var isReadyForPhones = false
    /// Those whose totals and timeline are still to come; ids follow each other.
    private var pending: ClosedRange<Int64>?
    /// All so far; ids mostly follow each other.
    private(set) var runs: [ClosedRange<Int64>] = []

    init(_ transaction: WriteTransaction, _ occasion: Occasion, source: String) throws {
        self.transaction = transaction
        self.occasion = occasion
        self.source = source
        number =
            try transaction.reading.first("SELECT value FROM sequence WHERE name = 'customer'") { $0.integer(0) } ?? 0
        highestNumber = try LimitedRows.customers.highestID(occasion.shop.policies.limits, transaction.reading)
        heedsObjections = try transaction.reading.exists("SELECT 1 FROM suppression LIMIT 1")
        hasPeopleWithoutEmail = try PostponedIndexes(transaction).hasPeopleWithoutEmail()
    }

    /// So many rows enter one statement: starting it costs half as much as a row.
    static let atOnce = 32

    /// Whether nothing but its e-mail address decides about a packed row.
    var isOpen: Bool { !hasPeopleWithoutEmail && !heedsObjections }

    /// Whether a row with an e-mail address is about somebody new unless the address is taken: nobody without an address
    /// has its telephone number.
    mutating func mayInsert(_ row: ImportedCustomer, _ matcher: ImportMatcher) throws -> Bool {
        guard hasPeopleWithoutEmail else { return true }
        try prepareForPhones()
        return try matcher.isPhoneNew(row)
    }

    /// Sees to it that many customers can be looked up by telephone number.
    mutating func prepareForPhones() throws {
        guard !isReadyForPhones, occasion.shop.policies.matchesPhone else { return }
        try PostponedIndexes(transaction).restore(.phones)
        isReadyForPhones = true
    }

    /// Enters a customer; nil when somebody has the e-mail address already.
    ///
    /// - Throws: ``LimitError/customers(limit:)``, `StorageError`.
    mutating func insert(_ row: ImportedCustomer, seat: Int64) throws -> CustomerID? {
        var record = PackedValues()
        record.append(record: row)
        guard let customer = try insert(record, at: 0, seat: seat) else { return nil }
        if row.fields.email == nil { hasPeopleWithoutEmail = true }
        if heedsObjections, !row.isTest {
            try settle()
            try ConsentWriter(transaction, occasion).heed(row.fields, insteadOf: nil, of: customer)
        }
        return customer
    }

    /// Enters a packed row with an e-mail address; nil when somebody has that already.
    ///
    /// Only where ``isOpen``.
    ///
    /// - Throws: ``LimitError/customers(limit:)``, `StorageError`.
    mutating func insert(_ record: PackedValues, at place: PackedValues.Place, seat: Int64 = 0) throws -> CustomerID? {
        let count = try transaction.change(
            """
            INSERT INTO customer (id, number, rev, email_seat, source, joined_at, email_key, email, name, first_name,
                last_name, name_key, phone, phone_key, country, language, company, vat_id, tax_exempt, birthday, custom,
                account, is_test)
            VALUES (?1, ?1, 1, ?2, ?3, coalesce(?5, ?4), ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18,
                ?19, ?20, 'none', ?21)
            ON CONFLICT (email_key, email_seat) DO NOTHING
            """,
            .integer(number + 1), .integer(seat), .text(source), .integer(occasion.at.seconds), then: record, at: place)
        guard count > 0 else { return nil }
        let id = number + 1
        if let highestNumber, id > highestNumber, let limit = occasion.shop.policies.limits.customers {
            throw LimitError.customers(limit: limit)
        }
        try take(id...id)
        return CustomerID(rawValue: id)
    }

    /// Enters ``atOnce`` packed rows with e-mail addresses; none when somebody has one of those already, or not so many
    /// may come.
    ///
    /// Only where ``isOpen``.
    ///
    /// - Returns: Whether they are entered.
    mutating func insertAll(_ records: PackedValues, at places: [PackedValues.Place]) throws -> Bool {
        let ids = number + 1...number + Int64(Self.atOnce)
        if let highestNumber, ids.upperBound > highestNumber { return false }
        do {
            try transaction.execute(
                """
                INSERT INTO customer (id, number, rev, email_seat, source, joined_at, email_key, email, name, first_name,
                    last_name, name_key, phone, phone_key, country, language, company, vat_id, tax_exempt, birthday,
                    custom, account, is_test)
                VALUES
                (?1 + 1, ?1 + 1, 1, 0, ?2, coalesce(?4, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 2, ?1 + 2, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 3, ?1 + 3, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 4, ?1 + 4, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 5, ?1 + 5, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 6, ?1 + 6, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 7, ?1 + 7, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 8, ?1 + 8, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 9, ?1 + 9, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 10, ?1 + 10, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 11, ?1 + 11, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 12, ?1 + 12, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 13, ?1 + 13, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 14, ?1 + 14, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 15, ?1 + 15, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 16, ?1 + 16, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 17, ?1 + 17, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 18, ?1 + 18, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 19, ?1 + 19, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 20, ?1 + 20, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 21, ?1 + 21, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 22, ?1 + 22, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 23, ?1 + 23, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 24, ?1 + 24, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 25, ?1 + 25, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 26, ?1 + 26, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 27, ?1 + 27, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 28, ?1 + 28, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 29, ?1 + 29, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 30, ?1 + 30, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 31, ?1 + 31, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?),
                (?1 + 32, ?1 + 32, 1, 0, ?2, coalesce(?, ?3), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'none', ?)
                """, .integer(number), .text(source), .integer(occasion.at.seconds), then: records, at: places)
        } catch let error as StorageError where error.isUniqueViolation {
            return false
        }
        try take(ids)
        return true
    }

    /// Takes note of new customers.
    private mutating func take(_ ids: ClosedRange<Int64>) throws {
        number = ids.upperBound
        if let open = pending, open.upperBound + 1 == ids.lowerBound {
            pending = open.lowerBound...ids.upperBound
        } else {
            try settle()
            pending = ids
        }
    }

    /// Lets what hangs on them follow; to be called before anything else is said of one of them.
    mutating func settle() throws {
        guard let ids = pending else { return }
        pending = nil
        if let last = runs.last, last.upperBound + 1 == ids.lowerBound {
            runs[runs.count - 1] = last.lowerBound...ids.upperBound
        } else {
            runs.append(ids)
        }
        try transaction.execute(
            "UPDATE sequence SET value = ? WHERE name = 'customer'", .integer(number))
        try transaction.execute(
            """
            INSERT INTO customer_total (customer_id, currency, net_minor)
            SELECT id, ?, 0 FROM customer WHERE id BETWEEN ? AND ?
            """, .text(occasion.shop.currency.code), .integer(ids.lowerBound), .integer(ids.upperBound))
        try transaction.execute(
            """
            INSERT INTO timeline (at, topic, actor, customer_id, data)
            SELECT ?, ?, ?, id, ? FROM customer WHERE id BETWEEN ? AND ? ORDER BY id
            """,
            .integer(occasion.at.seconds), .text(Topic.customerCreated.rawValue),
            .text(occasion.actor.description), .text(JSONWriter.object { $0.member("source", source) }.text),
            .integer(ids.lowerBound), .integer(ids.upperBound))
    }

    /// Whether objections must be heeded from now on: one has come.
    mutating func noticeObjection() { heedsObjections = true }
}
