/// How many lines of a plugin get into the host's log: a hundred at once, ten a second in the long run.
struct PluginLineAllowance {
    private static let burst = 100.0
    private static let rate = 10.0

    private var left = burst
    private var seen = ContinuousClock.now
    private var dropped = 0

    /// Takes one; nil when there is none left, else how many have been dropped since the last one taken.
    mutating func take() -> Int? {
        let now = ContinuousClock.now
        left = min(Self.burst, left + (now - seen) / .seconds(1) * Self.rate)
        seen = now
        guard left >= 1 else {
            dropped += 1
            return nil
        }
        left -= 1
        defer { dropped = 0 }
        return dropped
    }
}
