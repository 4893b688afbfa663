internal import Registry
internal import StrictJSON

extension JSONFragment {
    /// A mail of the outbox, for staff.
    static func mail(_ mail: Mail) -> JSONFragment {
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
            writer.member("error", mail.error)
            writer.member("test", mail.isTest)
            writer.member("queued_at", mail.queuedAt.text)
            writer.member("changed_at", mail.changedAt.text)
        }
    }
}
