/// What became of some rows.
public struct ImportOutcome: Sendable, Equatable {
    public var counts = ImportCounts()
    /// What is to be said of them, in the order of the rows.
    public var remarks: [ImportRemark] = []

    public init() {}
}
