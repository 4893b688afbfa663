/// Why the kit cannot judge a channel at all.
public enum KitError: Error, Equatable, CustomStringConvertible {
    /// The samples are not written as the kit reads them.
    case badSamples(String)
    /// A case names something that nothing was kept under.
    case unknownName(String)
    /// The host refused what the kit itself needs.
    case refused(String)

    public var description: String {
        switch self {
        case .badSamples(let reason): "samples: \(reason)"
        case .unknownName(let name): "nothing is known as $\(name)"
        case .refused(let what): what
        }
    }
}
