extension OrderKind {
    /// An amount that a payload tells without a sign, in minor units: below 0 for a return.
    public func signed(_ minor: Int64) -> Int64 {
        switch self {
        case .order: minor
        case .return: -minor
        }
    }
}
