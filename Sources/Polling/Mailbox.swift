internal import CSystem
internal import Glibc
internal import Synchronization

/// What threads leave for a loop to take.
package protocol MailboxContent: Sendable {
    /// Nothing.
    init()

    var isEmpty: Bool { get }
}

/// The one thing that other threads share with a loop: what it is to do, and the call that wakes it.
package final class Mailbox<Content: MailboxContent>: Sendable {
    private struct State {
        var content = Content()
        var isLoopAsleep = false
        var isShut = false
    }

    /// Readable while the loop is to wake up.
    package let wakeDescriptor: Int32
    private let state = Mutex(State())

    package init() throws(PollingError) {
        wakeDescriptor = eventfd(0, Int32(EFD_NONBLOCK | EFD_CLOEXEC))
        guard wakeDescriptor >= 0 else { throw PollingError(call: "eventfd", code: errno) }
    }

    deinit { close(wakeDescriptor) }

    /// The loop is about to wait: true when it may sleep, false when there is something to take.
    package func fallAsleep() -> Bool {
        state.withLock { state in
            state.isLoopAsleep = state.content.isEmpty
            return state.isLoopAsleep
        }
    }

    /// The loop has returned from waiting; from here on it looks into the mailbox by itself.
    package func wakeUp() {
        state.withLock { $0.isLoopAsleep = false }
    }

    /// Empties the wake descriptor after it became readable.
    package func clearWakeDescriptor() {
        var count: eventfd_t = 0
        _ = eventfd_read(wakeDescriptor, &count)
    }

    package func takeContent() -> Content {
        state.withLock { state in
            let content = state.content
            state.content = Content()
            return content
        }
    }

    /// The loop has ended: nothing is taken any more.
    package func shut() {
        state.withLock { state in
            state.isShut = true
            state.content = Content()
        }
    }

    /// Leaves something for the loop, and wakes it if nobody has done so since it fell asleep.
    ///
    /// - Returns: False when the loop has ended.
    @discardableResult
    package func change(_ body: (inout Content) -> Void) -> Bool {
        let (isTaken, mustWake) = state.withLock { state in
            guard !state.isShut else { return (false, false) }
            body(&state.content)
            defer { state.isLoopAsleep = false }
            return (true, state.isLoopAsleep)
        }
        // A full counter (EAGAIN) is readable too, so a failed write loses nothing.
        if mustWake { _ = eventfd_write(wakeDescriptor, 1) }
        return isTaken
    }
}
