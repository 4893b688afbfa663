/// Who did something, as the timeline names them.
public enum Actor: Sendable, Hashable, CustomStringConvertible {
    case `operator`
    case staff(String)
    case channel(String)
    case customer
    case system

    /// Reads what ``description`` wrote.
    package init(stored text: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        self =
            switch parts.first {
            case "operator": .operator
            case "customer": .customer
            case "staff": .staff(parts.count == 2 ? parts[1] : "")
            case "channel": .channel(parts.count == 2 ? parts[1] : "")
            default: .system
            }
    }

    public var description: String {
        switch self {
        case .operator: "operator"
        case .staff(let name): "staff:\(name)"
        case .channel(let id): "channel:\(id)"
        case .customer: "customer"
        case .system: "system"
        }
    }
}
