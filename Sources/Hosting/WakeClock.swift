internal import Registry
internal import Synchronization

/// Sees to it that the tenants whose channels want to be woken are, a few tenants at a time.
///
/// It knows of those that are open, and of those that were since the host began; any other tells when it is opened.
final class WakeClock: Sendable {
    /// Wakes what is due in a tenant, then calls back.
    typealias Wake = @Sendable (_ tenant: TenantName, _ done: @escaping @Sendable () -> Void) -> Void

    private struct Bell: Sendable {
        let alarm: Alarm
        let log: PluginLog
        let wake: Wake
    }

    private struct State {
        var times: [TenantName: Instant] = [:]
        /// Those whose time has come, in order.
        var due: [TenantName] = []
        var active = 0
        var bell: Bell?
        var isStopping = false
    }

    /// So many tenants are woken at a time.
    private static let limit = 4

    let now: @Sendable () -> Instant
    private let state = Mutex(State())

    init(now: @escaping @Sendable () -> Instant) {
        self.now = now
    }

    /// Begins to wake, also those who told before.
    func start(_ alarm: Alarm, log: @escaping PluginLog, wake: @escaping Wake) {
        state.withLock { $0.bell = Bell(alarm: alarm, log: log, wake: wake) }
        arm()
    }

    /// Wakes a tenant at a time and no other; nil for never.
    func set(_ tenant: TenantName, _ time: Instant?) {
        let bell = state.withLock { state in
            state.times[tenant] = time
            return state.isStopping ? nil : state.bell
        }
        if let bell, let time { bell.alarm.set(time) { [weak self] in self?.ring() } }
    }

    /// Looks whose time has come.
    func ring() {
        guard let bell = state.withLock({ $0.isStopping ? nil : $0.bell }) else { return }
        bell.alarm.reset()
        let now = now()
        state.withLock { state in
            let due = state.times.filter { $0.value <= now }.sorted { $0.value < $1.value }
            for (tenant, _) in due { state.times[tenant] = nil }
            state.due += due.map(\.key)
        }
        arm()
        step(bell)
    }

    /// Wakes no more.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.due = []
        }
    }

    /// Notes what went wrong when a channel was woken.
    func log(_ error: any Error, of channel: String, in tenant: TenantName) {
        state.withLock { $0.bell }?.log(
            "a channel could not be woken",
            ["tenant": tenant.description, "channel": channel, "error": "\(error)"])
    }

    private func step(_ bell: Bell) {
        while let tenant = take() {
            bell.wake(tenant) { [weak self] in
                self?.state.withLock { $0.active -= 1 }
                self?.step(bell)
            }
        }
    }

    private func take() -> TenantName? {
        state.withLock { state in
            guard state.active < Self.limit, !state.due.isEmpty else { return nil }
            state.active += 1
            return state.due.removeFirst()
        }
    }

    private func arm() {
        let (bell, time) = state.withLock { ($0.isStopping ? nil : $0.bell, $0.times.values.min()) }
        if let bell, let time { bell.alarm.set(time) { [weak self] in self?.ring() } }
    }
}
