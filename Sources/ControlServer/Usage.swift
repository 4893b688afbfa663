import Glibc

/// How much time somebody has taken lately; half of it is forgotten every ten milliseconds.
struct Usage {
    private static let halfLife = Duration.milliseconds(10)

    private var seconds = 0.0
    private var at = ContinuousClock.now

    mutating func add(_ duration: Duration, at now: ContinuousClock.Instant) {
        seconds = amount(at: now) + duration / .seconds(1)
        at = now
    }

    /// In seconds.
    func amount(at now: ContinuousClock.Instant) -> Double {
        seconds == 0 ? 0 : seconds * exp2(-((now - at) / Self.halfLife))
    }
}
