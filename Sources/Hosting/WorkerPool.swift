internal import CSystem
internal import Foundation
internal import Synchronization

/// The host's own threads for calls that block: SQLite, files, name services.
///
/// More of them than cores, since they wait in fsync most of the time. The thread that has rested least is woken
/// first: its memory and its core's cache are still warm.
final class WorkerPool: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var ready = JobQueue()
        /// Workers without a job; the last one has rested least.
        var idle: [Worker] = []
        var isStopping = false
        var running = 0
    }

    private let state = Mutex(State())
    private let ended = NSCondition()

    /// Niceness of threads that let others go first: they get a tenth of a core while others want it.
    private static let niceness: Int32 = 10

    /// How its threads share the processors with all others.
    enum Urgency {
        /// They get it soon, and little at a time: for what is short.
        case prompt
        case usual
        /// They let all other threads go first: for what takes long.
        case yielding
    }

    /// Nanoseconds of a processor's time at once for threads that get it soon.
    private static let slice: UInt64 = 100_000

    /// - Parameters:
    ///   - threads: How many jobs are done at a time.
    ///   - urgency: How soon, beside other threads.
    init(threads: Int, _ urgency: Urgency = .usual) {
        state.withLock { $0.running = threads }
        for _ in 0..<threads {
            let worker = Worker()
            let thread = Thread { [self] in
                switch urgency {
                // Where the kernel has no such wish they wait like all others.
                case .prompt: _ = csystem_run_promptly(Self.slice)
                case .usual: break
                // On Linux it is the thread's own: https://man7.org/linux/man-pages/man2/setpriority.2.html#BUGS
                case .yielding: setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
                }
                while let job = next(worker) { job() }
                ended.lock()
                ended.broadcast()
                ended.unlock()
            }
            thread.name = "patron-worker"
            thread.stackSize = 2 << 20
            thread.start()
        }
    }

    /// How busy it is now, under a name.
    func load(_ name: String) -> PoolLoad {
        state.withLock { state in
            PoolLoad(name: name, threads: state.running, resting: state.idle.count, waiting: state.ready.count)
        }
    }

    /// Whether another job waits for a thread.
    var isBusy: Bool { state.withLock { !$0.ready.isEmpty } }

    /// Queues a job; once the threads are gone, runs it on the caller's.
    func submit(_ job: @escaping Job) {
        enum Next { case wake(Worker), wait, run }
        let next = state.withLock { state -> Next in
            if state.isStopping, state.running == 0 { return .run }
            if let worker = state.idle.popLast() { return .wake(worker) }
            state.ready.append(job)
            return .wait
        }
        switch next {
        case .wake(let worker): worker.wake(with: job)
        case .wait: break
        case .run: job()
        }
    }

    /// Lets every job finish, then the threads; returns when they are gone.
    func stop() {
        let idle = state.withLock { state in
            state.isStopping = true
            defer { state.idle = [] }
            return state.idle
        }
        for worker in idle { worker.wake(with: nil) }
        ended.lock()
        while state.withLock({ $0.running > 0 }) { ended.wait() }
        ended.unlock()
    }

    /// The next job for a worker, which may have to wait for it; nil when there will be none.
    private func next(_ worker: Worker) -> Job? {
        let (job, mayWait) = state.withLock { state -> (Job?, Bool) in
            if let job = state.ready.popFirst() { return (job, false) }
            guard !state.isStopping else {
                state.running -= 1
                return (nil, false)
            }
            state.idle.append(worker)
            return (nil, true)
        }
        guard mayWait else { return job }
        return worker.rest() ?? next(worker)
    }
}

/// A thread of the pool while it has nothing to do.
private final class Worker: Sendable {
    private enum Call {
        case none
        /// The job to do; nil to end.
        case job(WorkerPool.Job?)
    }

    private let condition = NSCondition()
    private let call = Mutex(Call.none)

    /// Waits until somebody calls.
    func rest() -> WorkerPool.Job? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let called = call.withLock { call in
                defer { call = .none }
                return call
            }
            if case .job(let job) = called { return job }
            condition.wait()
        }
    }

    func wake(with job: WorkerPool.Job?) {
        call.withLock { $0 = .job(job) }
        // Once the lock has been ours, the worker either waits or has seen the call; signalled outside of it, the woken
        // thread does not have to wait for it again.
        condition.lock()
        condition.unlock()
        condition.signal()
    }
}

/// Jobs in their order.
private struct JobQueue {
    private var jobs: [WorkerPool.Job] = []
    /// Where the first job not yet taken stands.
    private var head = 0

    var isEmpty: Bool { head == jobs.count }

    var count: Int { jobs.count - head }

    mutating func append(_ job: @escaping WorkerPool.Job) {
        jobs.append(job)
    }

    mutating func popFirst() -> WorkerPool.Job? {
        guard !isEmpty else { return nil }
        let job = jobs[head]
        head += 1
        // Under steady load it never gets empty; what is done with must go all the same.
        if isEmpty || head > 1_024 && head * 2 > jobs.count {
            jobs.removeFirst(head)
            head = 0
        }
        return job
    }
}
