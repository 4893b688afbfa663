internal import Registry
internal import Synchronization

/// Sends what waits in the tenants' outboxes, a few tenants at a time, in turn.
///
/// Whoever commits a mail rings for the tenant. One attempt of a tenant is under way at a time, and no more of all of
/// them than there are workers: so many mails at most are uncertain after a crash.
final class MailPump: Sendable {
    /// Where a tenant stands.
    fileprivate enum Standing {
        case ready
        case active(isRungAgain: Bool)
        case waiting(until: Instant)
    }

    /// An attempt whose outcome could not be noted yet.
    struct Settlement {
        let mail: MailID
        let outcome: MailOutcome
    }

    /// What became of a tenant's turn.
    enum Turn {
        /// More may wait.
        case again
        case wait(until: Instant)
        case done
    }

    fileprivate struct State {
        var standings: [TenantName: Standing] = [:]
        /// The tenants that are ready, in order.
        var queue: [TenantName] = []
        var unsettled: [TenantName: Settlement] = [:]
        var workers = 0
        var isStopping = false
    }

    static let threads = 4
    /// So many mails of a tenant go out before it is the next one's turn.
    static let burst = 10
    /// Seconds until a tenant that could not be worked on is tried again.
    static let pause: Int64 = 60

    let post: Post
    private let alarm: Alarm
    private let pool = WorkerPool(threads: threads)
    private let state = Mutex(State())

    init(_ post: Post) {
        self.post = post
        alarm = Alarm(now: post.now, schedule: post.schedule)
    }

    var isStopping: Bool { state.withLock { $0.isStopping } }

    /// A tenant may have mail to send.
    func ring(_ tenant: TenantName) {
        let needsWorker = state.withLock { $0.ring(tenant, limit: Self.threads) }
        if needsWorker { pool.submit { [self] in work() } }
    }

    /// Looks whose time has come.
    func wake() {
        alarm.reset()
        let now = post.now()
        let due = state.withLock { state in
            state.standings.compactMap { name, standing in
                switch standing {
                case .waiting(let time): time <= now ? name : nil
                case .ready, .active: nil
                }
            }.sorted { $0.description < $1.description }
        }
        for tenant in due { ring(tenant) }
        arm()
    }

    /// Lets the attempts under way end, within seconds, and begins no more; returns when they have ended.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.queue = []
        }
        post.transport.hurry()
        pool.stop()
    }

    /// Takes what could not be noted of a tenant's last attempt.
    func takeUnsettled(_ tenant: TenantName) -> Settlement? {
        state.withLock { $0.unsettled.removeValue(forKey: tenant) }
    }

    func keepUnsettled(_ settlement: Settlement?, of tenant: TenantName) {
        state.withLock { $0.unsettled[tenant] = settlement }
    }

    private func work() {
        while let tenant = state.withLock({ $0.take() }) {
            let turn = serve(tenant)
            state.withLock { $0.finish(tenant, turn) }
            arm()
        }
    }

    /// Sees to it that ``wake()`` is called when the next tenant's time has come.
    private func arm() {
        let time = state.withLock { state -> Instant? in
            let times = state.standings.values.compactMap { standing -> Instant? in
                switch standing {
                case .waiting(let time): time
                case .ready, .active: nil
                }
            }
            return state.isStopping ? nil : times.min()
        }
        if let time { alarm.set(time) { [weak self] in self?.wake() } }
    }
}

extension MailPump.State {
    /// - Returns: Whether one more worker is needed.
    fileprivate mutating func ring(_ tenant: TenantName, limit: Int) -> Bool {
        guard !isStopping else { return false }
        switch standings[tenant] {
        case .ready: return false
        case .active:
            standings[tenant] = .active(isRungAgain: true)
            return false
        case nil, .waiting: break
        }
        standings[tenant] = .ready
        queue.append(tenant)
        guard workers < limit else { return false }
        workers += 1
        return true
    }

    /// The next tenant, nil when the worker may go.
    fileprivate mutating func take() -> TenantName? {
        guard !isStopping, !queue.isEmpty else {
            workers -= 1
            return nil
        }
        let tenant = queue.removeFirst()
        standings[tenant] = .active(isRungAgain: false)
        return tenant
    }

    fileprivate mutating func finish(_ tenant: TenantName, _ turn: MailPump.Turn) {
        var isReady = false
        if case .active(let isRungAgain) = standings[tenant] { isReady = isRungAgain }
        switch turn {
        case .again: isReady = true
        case .wait(let time): standings[tenant] = .waiting(until: time)
        case .done: standings[tenant] = nil
        }
        guard isReady, !isStopping else { return }
        standings[tenant] = .ready
        queue.append(tenant)
    }
}
