/// A value that a statement binds.
public enum Value: Sendable, Equatable {
    case null
    case integer(Int64)
    case text(String)
    /// Text given as valid UTF-8.
    case utf8([UInt8])
    case blob([UInt8])

    /// Text, or NULL for nil.
    public static func text(orNull value: String?) -> Value {
        value.map { .text($0) } ?? .null
    }

    /// A whole number, or NULL for nil.
    public static func integer(orNull value: Int64?) -> Value {
        value.map { .integer($0) } ?? .null
    }

    /// 1 for true, 0 for false.
    public static func flag(_ value: Bool) -> Value {
        .integer(value ? 1 : 0)
    }
}
