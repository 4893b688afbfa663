/// Two customers who may be the same.
public struct Duplicate: Sendable, Equatable {
    /// What speaks for it.
    public enum Reason: String, Sendable, CaseIterable {
        case email
        case phone
        case name
        case birthday
        case postcode
        case city
    }

    /// The one with the smaller id.
    public let a: Candidate
    public let b: Candidate
    public let reasons: [Reason]
    /// How much speaks for it, 0 to 100.
    public let score: Int

    /// What tells one customer from another at a glance.
    public struct Candidate: Sendable, Equatable {
        public let id: CustomerID
        public let number: Int64
        public let name: String?
        public let email: String?
        public let phone: String?
        public let orderCount: Int64
        public let joinedAt: Instant
    }
}

/// Where a page of duplicates ended.
public struct DuplicateCursor: Sendable, Equatable {
    /// What pairs are looked for by, in this order.
    public enum Key: String, Sendable, CaseIterable {
        case email
        case phone
        case name
    }

    public var key: Key
    /// The last value that was looked at.
    public var value: String
    /// The last pair that was shown of this value; 0 when all were.
    public var a: Int64
    public var b: Int64

    public init(key: Key, value: String, a: Int64, b: Int64) {
        self.key = key
        self.value = value
        self.a = a
        self.b = b
    }

    static let start = DuplicateCursor(key: .email, value: "", a: 0, b: 0)

    /// The start of what comes after this key, nil at the end.
    var next: DuplicateCursor? {
        let keys = Key.allCases
        guard let index = keys.firstIndex(of: key), index + 1 < keys.count else { return nil }
        return DuplicateCursor(key: keys[index + 1], value: "", a: 0, b: 0)
    }
}
