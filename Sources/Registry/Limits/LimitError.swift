public import StrictJSON

/// Why a tenant gets no more of its host; what it has stays.
public enum LimitError: Refusal, Equatable {
    /// There is room again after so many seconds.
    case requests(limit: Int64, retryAfter: Int64)
    case customers(limit: Int64)
    case orders(limit: Int64)
    case bytes(limit: Int64)

    public var kind: RefusalKind { .busy }
    public var slug: String { "quota" }

    /// What was exceeded, the limit, and the seconds after which to try again: null where waiting does not help.
    public var details: [JSON.Member] {
        let (exceeded, limit, retryAfter): (String, Int64, Int64?) =
            switch self {
            case .requests(let limit, let retryAfter): ("requests", limit, retryAfter)
            case .customers(let limit): ("customers", limit, nil)
            case .orders(let limit): ("orders", limit, nil)
            case .bytes(let limit): ("bytes", limit, nil)
            }
        return [
            JSON.Member(name: "exceeded", value: .string(exceeded)),
            JSON.Member(name: "limit", value: .integer(limit)),
            JSON.Member(name: "retry_after", value: retryAfter.map { .integer($0) } ?? .null),
        ]
    }

    public var description: String {
        switch self {
        case .requests(let limit, let retryAfter):
            "this tenant may make \(limit) requests a second; try again in \(retryAfter) s"
        case .customers(let limit): "this tenant may have \(limit) customers; \(Self.remedy("limit.customers"))"
        case .orders(let limit): "this tenant may have \(limit) orders; \(Self.remedy("limit.orders"))"
        case .bytes(let limit): "this tenant's registry may take \(limit) bytes; \(Self.remedy("limit.bytes"))"
        }
    }

    private static func remedy(_ setting: String) -> String {
        "that does not go away by itself, but the operator can raise \(setting)"
    }
}
