internal import Foundation
internal import Synchronization

/// The host's own threads for calls that block: SQLite, files, name services.
///
/// More of them than cores, since they wait in fsync most of the time.
final class WorkerPool: Sendable {
    typealias Job = @Sendable () -> Void

    private struct State {
        var ready: [Job] = []
        /// Where the first job not yet taken stands in `ready`.
        var head = 0
        var idle = 0
        var isStopping = false
        var running = 0
    }

    private let condition = NSCondition()
    private let state = Mutex(State())

    init(threads: Int) {
        state.withLock { $0.running = threads }
        for _ in 0..<threads {
            let thread = Thread { [self] in
                while let job = next() { job() }
                condition.lock()
                state.withLock { $0.running -= 1 }
                condition.broadcast()
                condition.unlock()
            }
            thread.name = "patron-worker"
            thread.stackSize = 2 << 20
            thread.start()
        }
    }

    /// Whether another job waits for a thread.
    var isBusy: Bool { state.withLock { $0.head < $0.ready.count } }

    func submit(_ job: @escaping Job) {
        let isSomebodyIdle = state.withLock { state in
            state.ready.append(job)
            return state.idle > 0
        }
        guard isSomebodyIdle else { return }
        condition.lock()
        condition.signal()
        condition.unlock()
    }

    /// Lets every job finish, then the threads; returns when they are gone.
    func stop() {
        condition.lock()
        state.withLock { $0.isStopping = true }
        condition.broadcast()
        while state.withLock({ $0.running > 0 }) { condition.wait() }
        condition.unlock()
    }

    /// The next job, nil when there will be none.
    ///
    /// The condition's lock is held from looking to waiting, so no signal is missed.
    private func next() -> Job? {
        condition.lock()
        defer { condition.unlock() }
        while true {
            let (job, isOver) = state.withLock { state -> (Job?, Bool) in
                guard state.head < state.ready.count else {
                    state.idle += 1
                    return (nil, state.isStopping)
                }
                let job = state.ready[state.head]
                state.head += 1
                if state.head == state.ready.count {
                    state.ready.removeAll(keepingCapacity: true)
                    state.head = 0
                }
                return (job, false)
            }
            if let job { return job }
            if isOver { return nil }
            condition.wait()
            state.withLock { $0.idle -= 1 }
        }
    }
}
