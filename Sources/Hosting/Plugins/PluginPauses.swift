/// How long what failed is left alone before it is tried again: twice as long each time.
public struct PluginPauses: Sendable, Equatable {
    private let first: Duration
    private static let longest = Duration.seconds(60)

    /// Pauses that begin with `first`; none is longer than a minute.
    public init(first: Duration = .milliseconds(500)) {
        self.first = first
    }

    /// The pause after so many failures one after the other, at least one.
    func after(_ failures: Int) -> Duration {
        min(Self.longest, first * (1 << min(failures - 1, 16)))
    }
}
