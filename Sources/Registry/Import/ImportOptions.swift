/// How an import deals with what it finds.
public struct ImportOptions: Sendable, Equatable {
    /// Whose external ids the table holds, a channel's; nil when nobody said.
    public var channel: String?
    /// Whether values of the table replace others; blanks never do.
    public var overwrites = false
    /// Tags that every customer of the table gets.
    public var tags: [String] = []

    /// The channel that external ids are kept under when nobody said whose they are.
    static let anyChannel = "import"

    public init() {}
}
