internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// A mail of the outbox, for staff; `wait` is what keeps mails of its purpose from leaving now.
    static func mail(_ mail: Mail, _ wait: MailAllowance.Wait?) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", mail.id.rawValue)
            writer.member("kind", mail.kind)
            writer.member("purpose", mail.purpose.rawValue)
            writer.member("state", mail.state.rawValue)
            writer.member("to", mail.recipient.spelling)
            writer.member("customer", mail.customer?.rawValue)
            writer.member("subject", mail.subject)
            writer.member("text", mail.text)
            writer.member("message_id", mail.messageID)
            writer.member("attempts", mail.attempts)
            writer.member("next_attempt_at", mail.nextAttemptAt?.text)
            if let wait, mail.state == .queued {
                writer.name("waits_for")
                writer.beginObject()
                writer.member("limit", wait.setting)
                writer.member("until", wait.until.text)
                writer.endObject()
            } else {
                writer.member("waits_for", String?.none)
            }
            writer.member("error", mail.error)
            writer.member("test", mail.isTest)
            writer.member("queued_at", mail.queuedAt.text)
            writer.member("changed_at", mail.changedAt.text)
        }
    }

    /// A message of a conversation, or one that waits for one.
    static func message(_ message: Message) -> JSONFragment {
        JSONWriter.object { $0.messageMembers(message) }
    }

    /// What became of a mail that came in.
    static func receipt(_ receipt: Receipt) -> JSONFragment {
        JSONWriter.object { writer in
            switch receipt {
            case .conversation(let message, let isNew):
                writer.member("outcome", isNew ? "new-thread" : "thread")
                writer.messageMembers(message)
            case .unassigned(let message):
                writer.member("outcome", "unassigned")
                writer.messageMembers(message)
            case .repeated(let message):
                writer.member("outcome", "existing")
                writer.messageMembers(message)
            case .bounce(let mail):
                writer.member("outcome", "bounce")
                writer.member("mail", mail.rawValue)
            case .complaint(let mail):
                writer.member("outcome", "complaint")
                writer.member("mail", mail.rawValue)
            case .ignored:
                writer.member("outcome", "ignored")
            }
        }
    }

    /// Whom a mailing would reach.
    static func audience(_ audience: Audience) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("preview", true)
            writer.member("count", audience.recipients.count)
            writer.member("without_consent", audience.withoutConsent)
            writer.member("objected", audience.objected)
            writer.member("without_address", audience.withoutAddress)
            writer.member("test", audience.tests)
        }
    }

    /// A mailing with how many of its mails are in each state.
    static func mailing(_ mailing: Mailing, _ counts: [(state: String, mails: Int64)]) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", mailing.id.rawValue)
            writer.member("subject", mailing.subject)
            writer.member("text", mailing.text)
            writer.member("author", mailing.author)
            writer.member("state", mailing.progress(counts).rawValue)
            writer.member("started_at", mailing.startedAt.text)
            writer.name("mails")
            writer.beginObject()
            for count in counts { writer.member(count.state, count.mails) }
            writer.endObject()
        }
    }

    static func thread(_ thread: MessageThread) -> JSONFragment {
        JSONWriter.object { writer in
            writer.member("id", thread.id.rawValue)
            writer.member("customer", thread.customer.rawValue)
            writer.member("subject", thread.subject)
            writer.member("unread", thread.unread)
            writer.member("started_at", thread.startedAt.text)
            writer.member("last_at", thread.lastAt.text)
        }
    }
}

extension JSONWriter {
    fileprivate mutating func messageMembers(_ message: Message) {
        member("id", message.id.rawValue)
        member("thread", message.thread?.rawValue)
        member("customer", message.customer?.rawValue)
        member("direction", message.isIncoming ? "in" : "out")
        member("at", message.at.text)
        member("author", message.author)
        member("from", message.sender)
        member("from_other", message.isFromOther)
        member("automatic", message.isAutomatic)
        member("subject", message.subject)
        member("text", message.text)
        member("full_text", message.fullText)
        member("attachments", message.attachments)
        member("unread", !message.isRead)
        member("mail", message.mail?.rawValue)
        member("state", message.mailState?.rawValue)
    }
}
