internal import Registry

/// Writes a mail out as the host's mail system takes it.
public enum MailComposer {
    /// The ids kept of a thread: its first and the latest, so that a long thread's header stays short.
    private static let referencesKept = 20

    /// The bytes of a mail.
    ///
    /// Lines end in LF, as `sendmail` reads them, and are shorter than 998 bytes. The text is UTF-8 in quoted-printable
    /// or base64, names and subjects are encoded words. A domain goes out in Punycode; an address with other than
    /// ASCII before the `@` goes out as UTF-8 (RFC 6532), which a mail system without SMTPUTF8 refuses.
    /// <https://www.rfc-editor.org/rfc/rfc5322>, <https://www.rfc-editor.org/rfc/rfc2045>,
    /// <https://www.rfc-editor.org/rfc/rfc2047>
    ///
    /// - Throws: ``MailError``, but not ``MailError/tooLarge(limitInBytes:)``.
    public static func compose(_ draft: MailDraft) throws(MailError) -> [UInt8] {
        var header = HeaderWriter()
        header.append("From", try words(draft.from, .from))
        header.append("To", try words(draft.to, .to))
        if let replyTo = draft.replyTo { header.append("Reply-To", try words(replyTo, .replyTo)) }
        header.append("Subject", EncodedWord.words(try line(draft.subject, .subject)))
        header.append("Date", [MailDate.text(draft.date)])
        header.append("Message-ID", [try identifier(draft.messageID, .messageID)])
        if let answered = draft.inReplyTo { header.append("In-Reply-To", [try identifier(answered, .inReplyTo)]) }
        if !draft.references.isEmpty { header.append("References", try references(draft.references)) }
        if draft.isAutomatic {
            // https://www.rfc-editor.org/rfc/rfc3834#section-5
            header.append("Auto-Submitted", ["auto-generated"])
            // https://learn.microsoft.com/openspecs/exchange_server_protocols/ms-oxcmail/ced68690-498a-4567-9d14-5c01f974d8b1
            header.append("X-Auto-Response-Suppress", ["All"])
        }
        if let link = draft.unsubscribeLink { try appendUnsubscribe(link, to: &header) }
        header.append("MIME-Version", ["1.0"])
        header.append("Content-Type", ["text/plain;", "charset=utf-8"])
        let body = MailBody(draft.text)
        header.append("Content-Transfer-Encoding", [body.encodingName])
        return header.bytes + [UInt8(ascii: "\n")] + body.bytes
    }

    private static func words(_ mailbox: MailAddress, _ field: MailField) throws(MailError) -> [String] {
        let name = try line(mailbox.name, field)
        let parsed: EmailAddress
        do {
            parsed = try EmailAddress(parsing: mailbox.address)
        } catch {
            throw .badAddress(field)
        }
        guard let at = parsed.spelling.lastIndex(of: "@"), let keyAt = parsed.key.lastIndex(of: "@") else {
            throw .badAddress(field)
        }
        let address = parsed.spelling[..<at] + parsed.key[keyAt...]
        return name.isEmpty ? [String(address)] : EncodedWord.phrase(name) + ["<\(address)>"]
    }

    /// A text of one line without spaces at its ends.
    private static func line(_ text: String, _ field: MailField) throws(MailError) -> String {
        let isControl = text.unicodeScalars.contains { scalar in
            switch scalar.properties.generalCategory {
            case .control, .lineSeparator, .paragraphSeparator: true
            default: false
            }
        }
        if isControl { throw .controlCharacter(field) }
        let trimmed = text.drop { $0 == " " }
        return String(trimmed.reversed().drop { $0 == " " }.reversed())
    }

    private static func identifier(_ text: String, _ field: MailField) throws(MailError) -> String {
        let isPlain = text.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
        }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard isPlain, parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), text.utf8.count <= 900 else {
            throw .badMessageID(field)
        }
        return "<\(text)>"
    }

    private static func references(_ all: [String]) throws(MailError) -> [String] {
        let kept = all.count <= referencesKept ? all : [all[0]] + all.suffix(referencesKept - 1)
        var words: [String] = []
        for one in kept { words.append(try identifier(one, .references)) }
        return words
    }

    /// One click without a form, where the link allows it. <https://www.rfc-editor.org/rfc/rfc8058#section-3.1>
    private static func appendUnsubscribe(_ link: String, to header: inout HeaderWriter) throws(MailError) {
        let isPlain = link.utf8.allSatisfy {
            $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "<") && $0 != UInt8(ascii: ">")
        }
        let isWeb = link.hasPrefix("https://") || link.hasPrefix("http://")
        guard isPlain, isWeb, link.utf8.count <= 900 else { throw .badLink }
        header.append("List-Unsubscribe", ["<\(link)>"])
        if link.hasPrefix("https://") { header.append("List-Unsubscribe-Post", ["List-Unsubscribe=One-Click"]) }
    }
}
