internal import CSystem
internal import Foundation
internal import Synchronization

/// Has what those wait for who ask little run in real time, as long as all of them together use little.
///
/// However nice a thread is, one that wants a processor may wait for the next tick of the kernel's clock while another
/// computes, milliseconds for a request that takes a tenth of one; in real time it does not. Those who ask little have
/// that only up to an eighth of all processors, and nobody if nobody asks little: real time cuts the work of the others
/// into pieces.
final class RealTimeShare: Sendable {
    /// In nanoseconds; if for so long nobody has asked who asks little, there is nobody to run first for.
    private static let rest: Int64 = 250_000_000
    /// Of all processors.
    private static let largest = 0.125

    /// What those who ask little have used.
    let use: RecentUse
    private let askedAt = Atomic(Int64.min / 2)
    private let isGranted = Mutex(false)
    private let uptime: @Sendable () -> Int64
    private let processors: Double
    private let grant: @Sendable (Bool) -> Void

    /// - Parameters:
    ///   - processors: How many the machine has.
    ///   - uptime: The nanoseconds of a clock that nobody sets.
    ///   - grant: Is told whenever it changes whether threads run in real time that have asked to run before others.
    init(
        processors: Int = ProcessInfo.processInfo.activeProcessorCount,
        uptime: @escaping @Sendable () -> Int64 = { Uptime.nanoseconds },
        grant: @escaping @Sendable (Bool) -> Void = { csystem_set_real_time($0 ? 1 : 0) }
    ) {
        self.processors = Double(processors)
        self.uptime = uptime
        self.grant = grant
        use = RecentUse(uptime: uptime)
    }

    /// Somebody asks for something, in this lane.
    func noteRequest(on lane: FairPool.Lane) {
        let now = uptime()
        if lane == .little { askedAt.store(now, ordering: .relaxed) }
        let isAsked = now - askedAt.load(ordering: .relaxed) < Self.rest
        let isWanted = isAsked && !use.isMore(than: Self.largest * processors)
        isGranted.withLock { isGranted in
            guard isGranted != isWanted else { return }
            isGranted = isWanted
            grant(isWanted)
        }
    }
}
