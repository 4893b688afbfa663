internal import ChannelKit
internal import Registry
internal import Synchronization

/// Brings to the plugins what waits for them in the tenants' files: parked input first, then what happened.
///
/// A turn is one tenant's with one plugin. What fails comes again after a pause that grows, or when the plugin is ready.
final class PluginPump: Sendable {
    struct Key: Hashable, Sendable {
        let tenant: TenantName
        let plugin: String
    }

    /// Carries out a tenant's parked input of a plugin, as far as that goes.
    typealias Replay =
        @Sendable (_ tenant: Tenant, _ plugin: String, _ done: @escaping @Sendable ((any Error)?) -> Void) -> Void

    private enum Standing {
        case ready
        case active(isRungAgain: Bool)
        /// It failed and waits for its next turn.
        case pausing
    }

    private struct State {
        var standings: [Key: Standing] = [:]
        var queue: [Key] = []
        var failures: [Key: Int] = [:]
        /// Up to here nothing was of interest to the plugin; the file says less.
        var skipped: [Key: Int64] = [:]
        /// The last entry that the plugin has dealt with, as the file says.
        var told: [Key: Int64] = [:]
        /// The newest entry of each tenant that has been told of here.
        var newest: [TenantName: Int64] = [:]
        var active = 0
        var isStopping = false
        var replay: Replay?
    }

    /// So many turns at a time.
    private static let limit = 16
    static let entryLimit = 100
    static let scanLimit = 500

    private let state = Mutex(State())
    let surroundings: Surroundings

    /// What the pump needs of the host.
    struct Surroundings: Sendable {
        /// Runs something that blocks.
        let perform: @Sendable (@escaping @Sendable () -> Void) -> Void
        /// A tenant; blocks.
        let tenant: @Sendable (TenantName) throws -> Tenant
        let later: @Sendable (Duration, @escaping @Sendable () -> Void) -> Void
        let pauses: PluginPauses
        let now: @Sendable () -> Instant
    }

    init(_ surroundings: Surroundings) {
        self.surroundings = surroundings
    }

    func replay(by replay: @escaping Replay) {
        state.withLock { $0.replay = replay }
    }

    /// A tenant has committed something, and these plugins want to know of such things.
    func committed(_ tenant: TenantName, upTo seq: Int64, _ plugins: [String]) {
        state.withLock { $0.newest[tenant] = max(seq, $0.newest[tenant] ?? 0) }
        for plugin in plugins { ring(tenant, plugin) }
    }

    /// What is known of a tenant's entries no longer holds.
    func forget(_ tenant: TenantName) {
        state.withLock { state in
            state.newest[tenant] = nil
            state.skipped = state.skipped.filter { $0.key.tenant != tenant }
        }
    }

    /// How far tenants are behind with telling a plugin, those that are behind most first; at most `limit`.
    func backlogs(of plugin: String, limit: Int) -> [PluginBacklog] {
        let all = state.withLock { state in
            Set(state.standings.keys).union(state.told.keys).filter { $0.plugin == plugin }.map { key in
                let told = max(state.skipped[key] ?? 0, state.told[key] ?? 0)
                return PluginBacklog(
                    tenant: key.tenant, lag: max(0, (state.newest[key.tenant] ?? told) - told),
                    failures: state.failures[key] ?? 0)
            }
        }
        return Array(all.filter { $0.lag > 0 || $0.failures > 0 }.sorted { $0.lag > $1.lag }.prefix(limit))
    }

    /// Something may wait for a plugin.
    func ring(_ tenant: TenantName, _ plugin: String) { ring(Key(tenant: tenant, plugin: plugin)) }

    /// A plugin may be asked again: whoever waited for that has a turn.
    func ready(_ plugin: String) {
        let keys = state.withLock { state in
            state.standings.compactMap { key, standing -> Key? in
                guard case .pausing = standing, key.plugin == plugin else { return nil }
                return key
            }
        }
        for key in keys { ring(key) }
    }

    /// Begins no further turn.
    func stop() {
        state.withLock { state in
            state.isStopping = true
            state.queue = []
        }
    }

    private func ring(_ key: Key) {
        state.withLock { state in
            guard !state.isStopping else { return }
            switch state.standings[key] {
            case .ready: return
            case .active: state.standings[key] = .active(isRungAgain: true)
            case .pausing, nil:
                state.standings[key] = .ready
                state.queue.append(key)
            }
        }
        begin()
    }

    private func begin() {
        while true {
            let key = state.withLock { state -> Key? in
                guard state.active < Self.limit, !state.queue.isEmpty, !state.isStopping else { return nil }
                state.active += 1
                let key = state.queue.removeFirst()
                state.standings[key] = .active(isRungAgain: false)
                return key
            }
            guard let key else { return }
            surroundings.perform { [self] in turn(key) }
        }
    }

    private func turn(_ key: Key) {
        do {
            let tenant = try surroundings.tenant(key.tenant)
            let profile = tenant.profile
            guard profile.isEnabled(key.plugin), !profile.configuration.isSuspended,
                let channel = profile.installedChannel(key.plugin) as? ChildChannel
            else { return finish(key, nil) }
            let deliver: @Sendable ((any Error)?) -> Void = { [self] error in
                guard error == nil else { return finish(key, error) }
                guard channel.hasTopics else { return finish(key, nil) }
                let delivery = PluginDelivery(tenant, channel, surroundings.now) { [self] told in
                    state.withLock { $0.told[key] = told }
                }
                delivery.run(after: skipped(key)) { [self] error, skipped in
                    state.withLock { $0.skipped[key] = max(skipped, $0.skipped[key] ?? 0) }
                    finish(key, error)
                }
            }
            measure(key, tenant, channel) { [self] in
                guard let replay = state.withLock({ $0.replay }) else { return deliver(nil) }
                replay(tenant, key.plugin, deliver)
            }
        } catch {
            finish(key, error)
        }
    }

    /// Finds out, once since the start, how far a tenant is behind: whatever else waits, somebody may want to know.
    private func measure(
        _ key: Key, _ tenant: Tenant, _ channel: ChildChannel, _ done: @escaping @Sendable () -> Void
    ) {
        guard channel.hasTopics, state.withLock({ $0.told[key] == nil }) else { return done() }
        tenant.read { transaction in
            let reader = DeliveryReader(transaction)
            let newest = try reader.newest()
            let told = try reader.position(of: key.plugin) ?? newest
            return { [self] in
                state.withLock { state in
                    state.told[key] = told
                    state.newest[key.tenant] = max(newest, state.newest[key.tenant] ?? 0)
                }
                done()
            }
        } failed: { [self] error in
            finish(key, error)
        }
    }

    private func skipped(_ key: Key) -> Int64 { state.withLock { $0.skipped[key] ?? 0 } }

    private func finish(_ key: Key, _ error: (any Error)?) {
        let pause = state.withLock { state -> Duration? in
            state.active -= 1
            var isRungAgain = false
            if case .active(let rung) = state.standings[key] { isRungAgain = rung }
            guard error != nil else {
                state.failures[key] = nil
                state.standings[key] = isRungAgain ? .ready : nil
                if isRungAgain, !state.isStopping { state.queue.append(key) }
                return nil
            }
            let failures = (state.failures[key] ?? 0) + 1
            state.failures[key] = failures
            state.standings[key] = .pausing
            return surroundings.pauses.after(failures)
        }
        if let pause { surroundings.later(pause) { [weak self] in self?.ring(key) } }
        begin()
    }
}
