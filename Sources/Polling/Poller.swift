package import CSystem
internal import Glibc

/// Level-triggered epoll: which descriptors are ready for what.
package final class Poller: Sendable {
    /// What a descriptor is watched for, and what it is ready for.
    package struct Interest: OptionSet, Sendable {
        package let rawValue: UInt32

        package init(rawValue: UInt32) { self.rawValue = rawValue }

        package static let input = Interest(rawValue: EPOLLIN.rawValue)
        package static let output = Interest(rawValue: EPOLLOUT.rawValue)
        /// Reported by the kernel whether asked for or not.
        package static let failure = Interest(rawValue: EPOLLERR.rawValue | EPOLLHUP.rawValue)

        /// Whether there is something to read, or nothing ever again.
        package var isReadable: Bool { rawValue & (EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0 }
    }

    private let descriptor: Int32

    package init() throws(PollingError) {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw PollingError(call: "epoll_create1", code: errno) }
    }

    deinit { close(descriptor) }

    /// Changes what a descriptor is watched for; false when the kernel refuses.
    ///
    /// Without any interest it leaves the set, for a hang-up is reported even then, again and again.
    package func watch(_ watched: Int32, token: UInt64, from old: Interest, to new: Interest) -> Bool {
        guard old != new else { return true }
        var event = epoll_event()
        event.events = new.rawValue
        event.data.u64 = token
        let operation = new.isEmpty ? EPOLL_CTL_DEL : old.isEmpty ? EPOLL_CTL_ADD : EPOLL_CTL_MOD
        return epoll_ctl(descriptor, operation, watched, &event) == 0
    }

    /// Waits for ready descriptors and hands out each; a nil timeout waits without end, a signal ends the wait early.
    package func wait(timeout: Duration?, into events: inout [epoll_event]) -> Int {
        let count = epoll_wait(descriptor, &events, Int32(events.count), timeout.map(Self.milliseconds) ?? -1)
        precondition(count >= 0 || errno == EINTR, "epoll_wait cannot fail otherwise on a descriptor of our own")
        return max(0, Int(count))
    }

    /// Rounded up, so that a deadline has passed when the wait for it ends.
    private static func milliseconds(_ duration: Duration) -> Int32 {
        let (seconds, attoseconds) = duration.components
        guard seconds >= 0, attoseconds >= 0 else { return 0 }
        let rest = (attoseconds + 999_999_999_999_999) / 1_000_000_000_000_000
        return Int32(clamping: min(seconds, Int64(Int32.max)) * 1000 + rest)
    }
}
