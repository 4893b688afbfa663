public import StrictJSON

/// One argument of a request, before the verb's schema has given it a type.
public struct Argument: Sendable, Equatable {
    /// The name; nil for a positional argument of a word line.
    public var name: String?
    /// What stands behind the name.
    public var value: Value

    /// The two ways to write a value.
    public enum Value: Sendable, Equatable {
        /// Text without spaces that nobody has quoted; may be empty behind `name=`.
        case bare(String)
        /// A value that says its own type.
        case json(JSON)
    }

    /// Pairs a name with a value.
    public init(name: String?, value: Value) {
        self.name = name
        self.value = value
    }
}
