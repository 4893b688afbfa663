/// Reports of mail systems that do not follow the standard.
enum BounceNotice {
    /// Whether a mail is one: a mail system wrote it, and it says that a mail was not delivered.
    static func isOne(_ mail: ParsedMail) -> Bool {
        if mail.header.first("x-failed-recipients") != nil { return true }
        let type = mail.root.contentType
        if type.word == "multipart/report", type.parameters["report-type"]?.lowercased() == "delivery-status" {
            return true
        }
        let subject = mail.subject.lowercased()
        let isFailure = subjects.contains { subject.contains($0) }
        let path = mail.header.first("return-path")?.value
        if path == "<>", isFailure { return true }
        guard isFromSystem(mail) else { return false }
        if AutomaticReply.isMarked(mail) { return false }
        return isFailure || !BounceEvidence.statuses(in: mail.text).isEmpty || BounceEvidence.hasPhrase(mail.text)
    }

    /// Whom the mail did not reach, at least one address, which may be empty.
    static func addresses(_ mail: ParsedMail, _ returned: ReturnedMail) -> [String] {
        let named = mail.header.all("x-failed-recipients").flatMap { AddressList.read($0.value) }.map(\.address)
        if !named.isEmpty { return named }
        var found: [String] = []
        for line in returned.report.split(separator: "\n").prefix(200) {
            let words = line.split { " \t<>\"(),;".contains($0) }
            let word = words.first { $0.contains("@") }.map {
                String($0.reversed().drop { ":.".contains($0) }.reversed())
            }
            if let word, word == returned.recipient { return [word] }
            if let word, line.contains("<\(word)>") || words.count == 1, !found.contains(word) { found.append(word) }
        }
        if found.isEmpty { return [returned.recipient] }
        return returned.recipient.isEmpty || found.contains(returned.recipient)
            ? Array(found.prefix(20)) : [returned.recipient]
    }

    private static func isFromSystem(_ mail: ParsedMail) -> Bool {
        guard let sender = mail.from.first else { return mail.header.first("return-path")?.value == "<>" }
        let local = sender.address.lowercased().prefix { $0 != "@" }
        let name = sender.name.lowercased()
        return ["mailer-daemon", "postmaster", "post_master", "mail.delivery.system"].contains(String(local))
            || ["mailer-daemon", "mailer daemon", "mail delivery", "postmaster", "mail deliver system"].contains {
                name.contains($0)
            }
    }

    private static let subjects = [
        "undeliver", "delivery status notification", "delivery failure", "delivery has failed", "delivery failed",
        "mail failure",
        "failure notice", "returned mail", "failure delivery", "mail delivery", "delivery notification",
        "not delivered",
        "could not be delivered", "error sending your mail", "mail system error", "message delivery", "delayed mail",
        "delayed 24",
        "unzustellbar", "zustellung fehlgeschlagen", "nicht zugestellt", "non remis", "échec de la remise",
        "no entregado",
        "mancato recapito", "niet bezorgd", "teslim edilemedi", "не доставлено", "недоставлен",
    ]

    /// Answers of programs in the name of a person.
    private enum AutomaticReply {
        static func isMarked(_ mail: ParsedMail) -> Bool {
            mail.header.first("auto-submitted").map { MailParameters($0.value).word == "auto-replied" } ?? false
                && mail.header.first("in-reply-to") != nil && BounceEvidence.statuses(in: mail.text).isEmpty
        }
    }
}
