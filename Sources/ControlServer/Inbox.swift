import CSystem
import Glibc
import Synchronization

/// The one thing that other threads share with the loop: what is to be sent, and the call to drain.
final class Inbox: Sendable {
    struct Content {
        var deliveries: [Delivery] = []
        /// How long a drain may take, once it has been asked for.
        var grace: Duration?
    }

    private struct State {
        var content = Content()
        var isLoopAsleep = false
        var isShut = false
    }

    /// Readable while the loop is to wake up.
    let wakeDescriptor: Int32
    private let state = Mutex(State())

    init() throws(ListeningError) {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else { throw .system(call: "eventfd", code: errno) }
    }

    deinit { close(wakeDescriptor) }

    func post(_ delivery: Delivery) {
        change { $0.content.deliveries.append(delivery) }
    }

    func requestDrain(grace: Duration) {
        change { $0.content.grace = grace }
    }

    /// The loop is about to wait: true when it may sleep, false when there is something to take.
    func fallAsleep() -> Bool {
        state.withLock { state in
            state.isLoopAsleep = state.content.deliveries.isEmpty && state.content.grace == nil
            return state.isLoopAsleep
        }
    }

    /// The loop has returned from waiting; from here on it looks into the inbox by itself.
    func wakeUp() {
        state.withLock { $0.isLoopAsleep = false }
    }

    /// Empties the wake descriptor after it became readable.
    func clearWakeDescriptor() {
        var count: eventfd_t = 0
        _ = eventfd_read(wakeDescriptor, &count)
    }

    func takeContent() -> Content {
        state.withLock { state in
            let content = state.content
            state.content = Content()
            return content
        }
    }

    /// The loop has ended: nothing is taken any more.
    func shut() {
        state.withLock { state in
            state.isShut = true
            state.content = Content()
        }
    }

    /// Changes the state and wakes the loop if nobody has done so since it fell asleep.
    private func change(_ body: (inout State) -> Void) {
        let mustWake = state.withLock { state in
            guard !state.isShut else { return false }
            body(&state)
            defer { state.isLoopAsleep = false }
            return state.isLoopAsleep
        }
        // A full counter (EAGAIN) is readable too, so a failed write loses nothing.
        if mustWake { _ = eventfd_write(wakeDescriptor, 1) }
    }
}
