public import StrictJSON

/// Why nothing was done to many customers.
public enum BulkError: Refusal, Equatable {
    case countDiffers(count: Int)

    public var kind: RefusalKind {
        switch self {
        case .countDiffers: .conflict
        }
    }

    public var slug: String {
        switch self {
        case .countDiffers: "count-differs"
        }
    }

    public var details: [JSON.Member] {
        switch self {
        case .countDiffers(let count): [JSON.Member(name: "count", value: .integer(Int64(count)))]
        }
    }

    public var description: String {
        switch self {
        case .countDiffers(let count): "the change would meet \(count) customers; look again with preview=true"
        }
    }
}
