internal import CSystem
internal import Dispatch
internal import Foundation
internal import Storage
internal import Synchronization

/// The host's own threads for calls that block: SQLite, files, name services.
///
/// More of them than cores, since they may wait for the disk. As long as they do not, no more are at work than give the
/// cores something to do: more would only take the cores from each other, in the middle of what others wait for. The
/// thread that has rested least is woken first: its memory and its core's cache are still warm.
final class WorkerPool: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var ready = JobQueue()
        /// Workers without a job; the last one has rested least.
        var idle: [Worker] = []
        var isStopping = false
        var running = 0
        /// So many may have a job at a time, for now.
        var allowed: Int
        /// How many jobs threads have taken from those that waited.
        var taken = 0
        /// Somebody looks whether they still do.
        var isWatched = false

        /// How many threads have a job.
        var atWork: Int { running - idle.count }
    }

    private let state: Mutex<State>
    private let ended = NSCondition()
    private let usual: Int
    /// Calls the thread that looks after jobs that wait.
    private let watch = DispatchSemaphore(value: 0)

    /// Niceness of threads that let others go first: they get a tenth of a core while others want it.
    private static let niceness: Int32 = 10

    /// How its threads share the processors with all others.
    enum Urgency {
        /// They get it before all others, and little at a time: for what everybody waits for.
        case first
        /// They get it before most others, and little at a time: for what is short.
        case early
        case usual
        /// They let all other threads go first: for what takes long.
        case yielding
    }

    /// In microseconds; when no thread has taken one of the jobs that wait for so long, one more may be at work.
    private static let patience: UInt32 = 2_000
    /// After so many times of that without need, one less.
    private static let calm = 25

    /// - Parameters:
    ///   - threads: How many jobs are done at a time.
    ///   - atOnce: How many of them while they get on: those that wait for the disk let others in. All of them, when nil.
    ///   - urgency: How soon, beside other threads.
    init(threads: Int, atOnce: Int? = nil, _ urgency: Urgency = .usual) {
        usual = min(threads, atOnce ?? threads)
        state = Mutex(State(running: threads, allowed: usual))
        for _ in 0..<threads {
            let worker = Worker()
            let thread = Thread { [self] in
                switch urgency {
                // Where the kernel has no such wish they wait like all others.
                case .first: _ = csystem_run_first()
                case .early: _ = csystem_run_early()
                case .usual: break
                // On Linux it is the thread's own: https://man7.org/linux/man-pages/man2/setpriority.2.html#BUGS
                case .yielding:
                    setpriority(__priority_which_t(PRIO_PROCESS.rawValue), 0, Self.niceness)
                    Database.paceWrites()
                }
                while let job = next(worker) {
                    _ = csystem_begin_piece()
                    job()
                }
                tellEnd()
            }
            thread.name = "patron-worker"
            thread.stackSize = 2 << 20
            thread.start()
        }
        guard usual < threads else { return }
        let thread = Thread { [self] in
            lookAfterWaiting()
            tellEnd()
        }
        thread.name = "patron-relief"
        thread.start()
    }

    private func tellEnd() {
        ended.lock()
        ended.broadcast()
        ended.unlock()
    }

    /// How busy it is now, under a name.
    func load(_ name: String) -> PoolLoad {
        state.withLock { state in
            PoolLoad(name: name, threads: state.running, resting: state.idle.count, waiting: state.ready.count)
        }
    }

    /// Whether another job waits for a thread.
    var isBusy: Bool { state.withLock { !$0.ready.isEmpty } }

    /// How many threads have a job.
    var atWork: Int { state.withLock { $0.atWork } }

    /// Queues a job; once the threads are gone, runs it on the caller's.
    func submit(_ job: @escaping Job) {
        enum Next { case wake(Worker), watch, wait, run }
        let next = state.withLock { state -> Next in
            if state.isStopping, state.running == 0 { return .run }
            if state.atWork < state.allowed, let worker = state.idle.popLast() { return .wake(worker) }
            state.ready.append(job)
            guard !state.isWatched, !state.idle.isEmpty else { return .wait }
            state.isWatched = true
            return .watch
        }
        switch next {
        case .wake(let worker): worker.wake(with: job)
        case .watch: watch.signal()
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
        watch.signal()
        ended.lock()
        while state.withLock({ $0.running > 0 }) { ended.wait() }
        ended.unlock()
    }

    /// The next job for a worker, which may have to wait for it; nil when there will be none.
    private func next(_ worker: Worker) -> Job? {
        let (job, mayWait, mustWatch) = state.withLock { state -> (Job?, Bool, Bool) in
            if state.isStopping || state.atWork <= state.allowed, let job = state.ready.popFirst() {
                state.taken += 1
                return (job, false, false)
            }
            guard !state.isStopping else {
                state.running -= 1
                return (nil, false, false)
            }
            state.idle.append(worker)
            // What came while no thread was at rest is left to those at work, which may get nowhere.
            let mustWatch = !state.ready.isEmpty && !state.isWatched
            if mustWatch { state.isWatched = true }
            return (nil, true, mustWatch)
        }
        guard mayWait else { return job }
        if mustWatch { watch.signal() }
        return worker.rest() ?? next(worker)
    }

    /// Lets more threads to work while those that are get nowhere.
    private func lookAfterWaiting() {
        while true {
            watch.wait()
            var calm = 0
            while let taken = state.withLock({ $0.isStopping || $0.ready.isEmpty ? nil : $0.taken }) {
                usleep(Self.patience)
                let relief = state.withLock { state -> (Worker, Job)? in
                    calm = state.taken == taken ? 0 : calm + 1
                    if calm == Self.calm {
                        state.allowed = max(usual, state.allowed - 1)
                        calm = 0
                    }
                    guard calm == 0, state.taken == taken, !state.isStopping, let worker = state.idle.popLast() else {
                        return nil
                    }
                    guard let job = state.ready.popFirst() else {
                        state.idle.append(worker)
                        return nil
                    }
                    state.allowed = state.atWork
                    return (worker, job)
                }
                relief?.0.wake(with: relief?.1)
            }
            let isOver = state.withLock { state in
                state.isWatched = !state.ready.isEmpty && !state.isStopping
                if state.isWatched { watch.signal() }
                if state.ready.isEmpty { state.allowed = usual }
                return state.isStopping
            }
            if isOver { return }
        }
    }
}
