public import StrictJSON

/// Why tests were not purged.
public enum TestPurgeError: Refusal, Equatable {
    case differs(TestPurge.Count)

    public var kind: RefusalKind { .conflict }

    public var slug: String { "count-differs" }

    public var details: [JSON.Member] {
        switch self {
        case .differs(let count):
            [
                JSON.Member(name: "customers", value: .integer(count.customers)),
                JSON.Member(name: "orders", value: .integer(count.orders)),
            ]
        }
    }

    public var description: String {
        switch self {
        case .differs(let count): "there are \(count.customers) test customers now, not as many as expected"
        }
    }
}
