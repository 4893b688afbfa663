internal import Dispatch
internal import Synchronization

/// A thread of the pool while it has nothing to do.
final class Worker: Sendable {
    private let call = DispatchSemaphore(value: 0)
    /// The job to do; nil to end.
    private let job = Mutex<WorkerPool.Job?>(nil)

    /// Waits until somebody calls.
    func rest() -> WorkerPool.Job? {
        call.wait()
        return job.withLock { job in
            defer { job = nil }
            return job
        }
    }

    func wake(with job: WorkerPool.Job?) {
        self.job.withLock { $0 = job }
        call.signal()
    }
}
