/// Who did something, as the timeline names them.
public enum Actor: Sendable, Hashable, CustomStringConvertible {
    case `operator`
    case staff(String)
    case channel(String)
    case customer
    case system

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
