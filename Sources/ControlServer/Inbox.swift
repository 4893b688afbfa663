import Polling

/// What other threads leave for the server's loop: which connections to see to, and the call to drain.
typealias Inbox = Mailbox<InboxContent>

struct InboxContent: MailboxContent {
    /// The connections', one as often as somebody left it.
    var tokens: [UInt64] = []
    /// How long a drain may take, once it has been asked for.
    var grace: Duration?

    var isEmpty: Bool { tokens.isEmpty && grace == nil }
}

extension Mailbox<InboxContent> {
    func post(_ token: UInt64) {
        change { $0.tokens.append(token) }
    }

    func requestDrain(grace: Duration) {
        change { $0.grace = grace }
    }
}
