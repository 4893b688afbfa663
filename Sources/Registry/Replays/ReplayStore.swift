public import Storage
public import StrictJSON

/// Remembers the answers to changes that carried a key, so that a repeated request changes nothing.
public struct ReplayStore {
    /// How long an answer is kept, in seconds: a week.
    private static let retention: Int64 = 7 * 86_400

    private let transaction: WriteTransaction

    public init(_ transaction: WriteTransaction) {
        self.transaction = transaction
    }

    /// The answer given before, nil when the key is new.
    ///
    /// Callers do not see each other's keys; `request` is what identifies the request's content.
    ///
    /// - Throws: ``ReplayError/keyReused`` when the key belongs to another request.
    public func answer(to key: String, of caller: String, request: [UInt8]) throws -> JSONFragment? {
        let stored = try transaction.reading.first(
            "SELECT request_digest, answer FROM replay WHERE caller = ? AND key = ?", .text(caller), .text(key)
        ) { (digest: $0.bytes(0), answer: JSONFragment(trusted: $0.bytes(1))) }
        guard let stored else { return nil }
        guard stored.digest == SHA256.hash(request) else { throw ReplayError.keyReused }
        return stored.answer
    }

    /// Keeps an answer in the transaction of the change itself.
    public func remember(
        _ answer: JSONFragment, to key: String, of caller: String, request: [UInt8], at: Instant
    ) throws {
        // A few at a time, so that nobody's change waits for the rest.
        try transaction.execute(
            """
            DELETE FROM replay WHERE (caller, key) IN (SELECT caller, key FROM replay WHERE at < ? LIMIT 100)
            """, .integer(at.seconds - Self.retention))
        try transaction.execute(
            """
            INSERT INTO replay (caller, key, request_digest, answer, at, customer) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT DO NOTHING
            """,
            .text(caller), .text(key), .blob(SHA256.hash(request)), .utf8(answer.bytes), .integer(at.seconds),
            .integer(orNull: Self.customer(in: answer)))
    }

    /// Keeps of the answers about a customer only that there was one, so that a repeated request still changes nothing.
    func forget(_ customer: CustomerID) throws {
        try transaction.execute(
            #"UPDATE replay SET answer = '{"erased":true}' WHERE customer = ?"#, .integer(customer.rawValue))
    }

    /// Whom an answer tells something of: the customer it names, or the one it shows, who has a number.
    private static func customer(in answer: JSONFragment) -> Int64? {
        // An answer was written by us; one that cannot be read tells of nobody. The answer to a registered order has
        // numbers only, and who repeats it needs them.
        guard let json = try? JSON(parsing: answer.bytes), json["existing"] == nil else { return nil }
        let shown = json["number"]?.integerValue == nil ? json["customer"]?["id"] : json["id"]
        return json["customer"]?.integerValue ?? shown?.integerValue
    }
}

/// Why a key could not be used.
public enum ReplayError: Refusal, Equatable {
    case keyReused

    public var kind: RefusalKind { .conflict }
    public var slug: String { "key-reused" }
    public var description: String { "this key belongs to another request" }
}
