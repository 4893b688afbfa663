internal import Dispatch
internal import Synchronization

/// Tenants whose changes are in transactions that were left open, all of them in the journal: they are committed before
/// long, so that other programs see them and little is to be made again when this one is killed.
final class UnfinishedTenants: Sendable {
    private struct State {
        /// Those that came since the clock last struck, and before that.
        var young: [Tenant] = []
        var old: [Tenant] = []
        var isTicking = false
    }

    /// A tenant is finished after one of these to two.
    private static let pause = DispatchTimeInterval.milliseconds(500)

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "unfinished")

    func add(_ tenant: Tenant) {
        let isFirst = state.withLock { state in
            state.young.append(tenant)
            defer { state.isTicking = true }
            return !state.isTicking
        }
        if isFirst { wait() }
    }

    private func wait() {
        queue.asyncAfter(deadline: .now() + Self.pause) { [weak self] in self?.finish() }
    }

    private func finish() {
        let (due, isOver) = state.withLock { state in
            let due = state.old
            (state.old, state.young) = (state.young, [])
            state.isTicking = !state.old.isEmpty
            return (due, state.old.isEmpty)
        }
        for tenant in due { tenant.finishLate() }
        if !isOver { wait() }
    }
}
