internal import Synchronization

/// Counts what is asked and written, of one tenant or of what belongs to none; tenants share no lock.
final class Meter: Sendable {
    private let state = Mutex(Measurements())

    var measurements: Measurements { state.withLock { $0 } }

    /// Counts a request that took so long and ended at `uptime`.
    func count(_ outcome: Measurements.Outcome, nanoseconds: Int64, at uptime: Int64) {
        state.withLock { measurements in
            switch outcome {
            case .answered: measurements.answered += 1
            case .refused: measurements.refused += 1
            case .failed: measurements.failed += 1
            }
            measurements.requestTimes.add(nanoseconds)
            measurements.lastRequestAt = uptime
        }
    }

    /// Counts a commit that so many changes shared.
    func countCommit(of changes: Int, nanoseconds: Int64) {
        state.withLock { measurements in
            measurements.commitTimes.add(nanoseconds)
            measurements.commitSizes.add(Int64(changes))
        }
    }

    /// Adds what another has counted.
    func add(_ other: Measurements) {
        state.withLock { $0.add(other) }
    }
}
