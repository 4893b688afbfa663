import Synchronization
import Wire

/// The way back to one connection's client, from any thread.
final class ConnectionOutlet: Outlet {
    private let token: UInt64
    private let inbox: Inbox
    private let closing = Atomic(false)

    init(token: UInt64, inbox: Inbox) {
        self.token = token
        self.inbox = inbox
    }

    /// Whether ``close()`` was called or the connection is gone.
    var isClosing: Bool { closing.load(ordering: .acquiring) }

    func send(_ bytes: [UInt8], answered: Int) {
        guard !isClosing else { return }
        inbox.post(Delivery(token: token, bytes: bytes, answered: answered, isLast: false))
    }

    func close() {
        guard !closing.exchange(true, ordering: .acquiringAndReleasing) else { return }
        inbox.post(Delivery(token: token, bytes: [], answered: 0, isLast: true))
    }

    /// The connection is gone: from now on nothing is taken.
    func retire() {
        closing.store(true, ordering: .releasing)
    }
}
