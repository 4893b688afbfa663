internal import Registry
internal import Synchronization

/// What a tenant has taken of the host, held against its limits before anything is queued.
///
/// No lock, and nothing that tenants share.
final class TenantQuota: Sendable {
    private let pace = Pace()
    private let requestLimit = Atomic<Int64>(.max)
    private let byteLimit = Atomic<Int64>(.max)
    private let bytesInUse = Atomic<Int64>(0)
    private let bytesFree = Atomic<Int64>(0)
    /// When the file was last looked at, in nanoseconds.
    private let lookedAt = Atomic<Int64>(.min / 2)
    /// The nanoseconds of a clock that nobody sets.
    let uptime: @Sendable () -> Int64
    /// Bytes of the file and its log.
    private let measure: @Sendable () -> Int64

    init(uptime: @escaping @Sendable () -> Int64, measure: @escaping @Sendable () -> Int64) {
        self.uptime = uptime
        self.measure = measure
    }

    /// Bytes of the file and its log when last looked at, without what was free inside then.
    var bytes: Int64 { bytesInUse.load(ordering: .relaxed) }

    func adopt(_ limits: Limits) {
        pace.set(perSecond: limits.requests, burst: limits.burst)
        requestLimit.store(limits.requests ?? .max, ordering: .relaxed)
        byteLimit.store(limits.bytes ?? .max, ordering: .relaxed)
    }

    /// - Throws: ``LimitError/requests(limit:retryAfter:)``.
    func admit(requests count: Int) throws(LimitError) {
        guard let wait = pace.take(Int64(count), at: uptime()) else { return }
        let seconds = (wait + 999_999_999) / 1_000_000_000
        throw .requests(limit: requestLimit.load(ordering: .relaxed), retryAfter: seconds)
    }

    /// Whether the file may grow; asks the file system only when it may not.
    ///
    /// - Throws: ``LimitError/bytes(limit:)``.
    func admitGrowth() throws(LimitError) {
        let limit = byteLimit.load(ordering: .relaxed)
        guard bytes >= limit else { return }
        look()
        guard bytes >= limit else { return }
        throw .bytes(limit: limit)
    }

    /// Looks how big the file has become, now and then; each time once half of what it may take is taken.
    ///
    /// - Parameter free: Bytes that are free inside the file; asked for when without them it would be too big.
    func noteChange(free: () throws -> Int64) {
        let limit = byteLimit.load(ordering: .relaxed)
        guard bytes > limit / 2 || uptime() - lookedAt.load(ordering: .relaxed) >= Self.pause(limit) else { return }
        bytesFree.store(0, ordering: .relaxed)
        look()
        guard bytes >= limit else { return }
        // A file that cannot be read is as big as it looks.
        bytesFree.store((try? free()) ?? 0, ordering: .relaxed)
        look()
    }

    /// Nanoseconds during which a file that takes less than half of what it may is not looked at again: in that time it does
    /// not take the other half, at less than 100 MB a second.
    private static func pause(_ limit: Int64) -> Int64 { min(limit / 2, 100_000_000) * 10 }

    private func look() {
        lookedAt.store(uptime(), ordering: .relaxed)
        bytesInUse.store(max(0, measure() - bytesFree.load(ordering: .relaxed)), ordering: .relaxed)
    }
}
