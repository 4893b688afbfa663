import Synchronization

/// The figures behind ``ServerStatistics``: written by the loop's thread, readable from any.
final class ServerCounters: Sendable {
    let connections = Atomic(0)
    let accepted = Atomic(0)
    let refused = Atomic(0)
    let lines = Atomic(0)
    let bytesIn = Atomic(0)
    let bytesOut = Atomic(0)

    var snapshot: ServerStatistics {
        ServerStatistics(
            connections: connections.load(ordering: .relaxed), accepted: accepted.load(ordering: .relaxed),
            refused: refused.load(ordering: .relaxed), lines: lines.load(ordering: .relaxed),
            bytesIn: bytesIn.load(ordering: .relaxed), bytesOut: bytesOut.load(ordering: .relaxed))
    }
}
