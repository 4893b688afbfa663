/// A report to people, and the mail that came back with it.
struct ReturnedMail {
    /// What the report says, without the mail that came back.
    let report: String
    /// The id of the mail that came back, without angle brackets.
    let messageID: String?
    /// Whom the mail that came back was written to; empty when that is not known.
    let recipient: String

    init(_ mail: ParsedMail) {
        let carriers: Set<String> = ["message/rfc822", "message/global", "text/rfc822-headers"]
        let inner = mail.root.all.first { carriers.contains($0.type) }?.children.first
        let (before, after) = ReturnedMail.halves(mail.text)
        report = before
        let header = inner?.header ?? (after.isEmpty ? nil : MailHeader.read(Array(after.utf8)[...]).header)
        messageID = header?.first("message-id").flatMap { field in
            let text = field.value.filter { !"<> \t".contains($0) }
            return text.isEmpty ? nil : text
        }
        recipient = header?.first("to").flatMap { AddressList.read($0.value).first?.address } ?? ""
    }

    /// Parts a report from the mail that follows it in the same text.
    private static func halves(_ text: String) -> (report: String, mail: String) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let start = lines.firstIndex(where: { isStart($0) }) else { return (text, "") }
        let first = lines[start...].firstIndex { HeaderStart.isOne($0) } ?? lines.endIndex
        return (lines[..<start].joined(separator: "\n"), lines[first...].joined(separator: "\n"))
    }

    private static func isStart(_ line: Substring) -> Bool {
        if HeaderStart.isOne(line) { return true }
        let lower = line.lowercased()
        return starts.contains { lower.contains($0) }
    }

    private static let starts = [
        "this is a copy of the message", "below this line is a copy", "unsent message follows",
        "original message follows",
        "original message headers", "--- original message", "original mail header", "the header of the original",
        "message header follows", "message text follows", "headers of the message", "returned message",
        "included below is the", "content of the message", "the headers of your message",
    ]

    private enum HeaderStart {
        static func isOne(_ line: Substring) -> Bool {
            line.hasPrefix("Received: ") || line.hasPrefix("Return-Path: ") || line.hasPrefix("Return-path: ")
        }
    }
}
