internal import Synchronization

/// Where work runs that may block.
extension Host {
    /// Runs something that blocks on one of the host's threads.
    public func perform(_ work: @escaping @Sendable () -> Void) {
        pool.submit(work)
    }

    /// Runs a change of a configuration on a thread where it may wait for a tenant's writer.
    public func performChange(_ work: @escaping @Sendable () -> Void) {
        changers.submit(work)
    }

    /// Runs something that works on tenants' files as a whole, on a thread where it may wait for everything.
    public func performKeeping(_ work: @escaping @Sendable () -> Void) {
        keepers.submit(work)
    }

    /// How many jobs of a tenant may be at work, so that no tenant takes all threads, and how many more may wait.
    private static let jobsPerTenant = 6
    private static let waitingJobsPerTenant = 256

    /// Runs a job of a tenant: something long, on a thread where it may wait.
    ///
    /// - Throws: ``HostError/tooManyJobs``.
    public func startJob(of tenant: Tenant, _ work: @escaping @Sendable () -> Void) throws(HostError) {
        enum Next { case start, wait, refuse }
        let next = tenant.state.withLock { state -> Next in
            guard state.jobs >= Self.jobsPerTenant else {
                state.jobs += 1
                return .start
            }
            guard state.waitingJobs.count < Self.waitingJobsPerTenant else { return .refuse }
            state.waitingJobs.append(work)
            return .wait
        }
        switch next {
        case .start: run(work, of: tenant)
        case .wait: break
        case .refuse: throw .tooManyJobs
        }
    }

    private func run(_ work: @escaping WorkerPool.Job, of tenant: Tenant) {
        jobs.submit { [self] in
            work()
            let next = tenant.state.withLock { state -> WorkerPool.Job? in
                guard !state.waitingJobs.isEmpty else {
                    state.jobs -= 1
                    return nil
                }
                return state.waitingJobs.removeFirst()
            }
            if let next { run(next, of: tenant) }
        }
    }
}
