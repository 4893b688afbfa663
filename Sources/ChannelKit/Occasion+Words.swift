extension Occasion {
    /// A word of a channel's own in the language of who reads it.
    public func word(_ english: String, de german: String, tr turkish: String) -> String {
        switch language {
        case .german: german
        case .turkish: turkish
        case .english: english
        }
    }
}
