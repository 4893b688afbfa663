/// Threads for what is done for tenants, so that one who asks much does not slow one who asks little.
///
/// Who has used much of the processors lately is served by threads of usual standing, everybody else by threads that the
/// kernel lets go first. So nobody waits behind the long queue of another, nor for the processor that it has taken; and
/// since whoever uses a thread of the better kind for long has used much, nobody can take all of those.
struct FairPool: Sendable {
    /// Who is served by which threads.
    enum Lane: Sendable {
        /// Who has used little.
        case little
        /// Who has used much, or belongs to no tenant.
        case much
    }

    private let first: WorkerPool
    private let others: WorkerPool
    private let realTime: RealTimeShare

    /// - Parameters:
    ///   - threads: How many jobs are done at a time in each lane.
    ///   - atOnce: How many of them while they get on, as in ``WorkerPool``.
    ///   - realTime: What all pools of those who have used little share.
    init(threads: Int, atOnce: Int? = nil, realTime: RealTimeShare = RealTimeShare()) {
        self.realTime = realTime
        first = WorkerPool(threads: threads, atOnce: atOnce, .early)
        others = WorkerPool(threads: threads, atOnce: atOnce)
    }

    /// Queues a job of the host's own.
    func submit(_ job: @escaping WorkerPool.Job) {
        others.submit(job)
    }

    /// Queues a job of somebody who has used so much; it is told the lane in which it runs.
    func submit(for use: RecentUse, _ job: @escaping @Sendable (Lane) -> Void) {
        let lane: Lane = use.isMuch ? .much : .little
        realTime.noteRequest(on: lane)
        pool(of: lane).submit { job(lane) }
    }

    /// Adds what the calling thread uses for this, in its lane, to what somebody has used.
    func measure<Result>(_ use: RecentUse, on lane: Lane, _ work: () throws -> Result) rethrows -> Result {
        try use.measure(also: lane == .little ? realTime.use : nil, work)
    }

    /// Whether a job that has taken a step is to queue again for the next: others wait for the thread, or it has used
    /// too much by now to stay on it.
    func isWanted(by use: RecentUse, on lane: Lane) -> Bool {
        lane == .little && use.isMuch || pool(of: lane).isBusy
    }

    /// Whether a job of somebody who has used little waits for a thread.
    var isPressed: Bool { first.isBusy }

    /// Whether a job waits for a thread.
    var isBusy: Bool { first.isBusy || others.isBusy }

    /// Whether more than one thread has a job.
    var isShared: Bool { first.atWork + others.atWork > 1 }

    /// How busy both lanes are, under a name.
    func load(_ name: String) -> PoolLoad {
        let (first, others) = (first.load(name), others.load(name))
        return PoolLoad(
            name: name, threads: first.threads + others.threads, resting: first.resting + others.resting,
            waiting: first.waiting + others.waiting)
    }

    /// Lets every job finish, then the threads; returns when they are gone.
    func stop() {
        first.stop()
        others.stop()
    }

    private func pool(of lane: Lane) -> WorkerPool {
        switch lane {
        case .little: first
        case .much: others
        }
    }
}
