internal import Registry
internal import Storage
internal import Synchronization

/// What waits for a tenant at one moment.
public struct TenantLoad: Sendable, Equatable {
    public let changes: Int
    public let reads: Int
    /// Jobs at work, and those that wait until one of them ends.
    public let jobs: Int
    public let waitingJobs: Int
}

extension Tenant {
    /// What was asked of the tenant and written since the daemon knows it.
    public var measurements: Measurements { meter.measurements }

    /// What waits for it now.
    public var load: TenantLoad {
        state.withLock { state in
            TenantLoad(
                changes: state.writes.count, reads: state.reads.count, jobs: state.jobs,
                waitingJobs: state.waitingJobs.count)
        }
    }
}
