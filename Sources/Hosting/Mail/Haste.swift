internal import Synchronization

/// Since when the daemon is to end.
final class Haste: Sendable {
    private let start = Mutex<ContinuousClock.Instant?>(nil)

    /// Nil while there is no haste.
    var began: ContinuousClock.Instant? { start.withLock { $0 } }

    func begin() {
        start.withLock { $0 = $0 ?? .now }
    }
}
