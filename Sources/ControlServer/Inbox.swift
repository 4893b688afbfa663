import Polling

/// What other threads leave for the server's loop: what is to be sent, and the call to drain.
typealias Inbox = Mailbox<InboxContent>

struct InboxContent: MailboxContent {
    var deliveries: [Delivery] = []
    /// How long a drain may take, once it has been asked for.
    var grace: Duration?

    var isEmpty: Bool { deliveries.isEmpty && grace == nil }
}

extension Mailbox<InboxContent> {
    func post(_ delivery: Delivery) {
        change { $0.deliveries.append(delivery) }
    }

    func requestDrain(grace: Duration) {
        change { $0.grace = grace }
    }
}
