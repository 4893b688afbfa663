internal import Foundation
internal import Registry
internal import Synchronization

/// How busy a pool of threads is at one moment.
public struct PoolLoad: Sendable, Equatable {
    public let name: String
    public let threads: Int
    /// Threads without a job.
    public let resting: Int
    /// Jobs without a thread.
    public let waiting: Int
}

extension Host {
    /// What was asked and written since the start, of all tenants together and of none.
    public var measurements: Measurements {
        var sum = meter.measurements
        for tenant in knownTenants { sum.add(tenant.measurements) }
        return sum
    }

    /// The tenants that somebody asked for since the start.
    public var knownTenants: [Tenant] { tenants.withLock { Array($0.values) } }

    /// How busy the threads are.
    public var pools: [PoolLoad] {
        [
            pool.load("writers"), tellers.load("tellers"), steps.load("steps"), readers.load("readers"),
            jobs.load("jobs"), changers.load("changers"), keepers.load("keepers"),
        ]
    }

    /// Of how many tenants mail may wait; blocks.
    public var tenantsWithMail: Int { marked(in: mailMarks).count }

    /// The nanoseconds of a clock that nobody sets.
    public var uptime: Int64 { clock() }

    /// Counts a request that came at `began` on that clock and ends now; nil for one that belongs to no tenant.
    public func count(_ outcome: Measurements.Outcome, since began: Int64, of tenant: Tenant?) {
        let now = uptime
        (tenant?.meter ?? meter).count(outcome, nanoseconds: max(0, now - began), at: now)
    }
}
