/// What a mail says, and the files beside it.
struct MailContent {
    /// The mail's text; lines end in LF.
    private(set) var text = ""
    /// The files.
    private(set) var attachments: [MailAttachment] = []

    /// Collects the text of a mail.
    init(_ root: MailPart) {
        collect(root)
        // A mail whose only text lies outside its parts says it there.
        if text.isEmpty, !root.surroundings.isEmpty {
            text = MailCharset.text(Array(root.surroundings), named: "").filter { $0 != "\r" }
        }
        while text.hasSuffix("\n") { text.removeLast() }
    }

    private mutating func collect(_ part: MailPart) {
        if part.type == "multipart/alternative", !part.children.isEmpty {
            collectAlternative(part.children)
        } else if part.type.hasPrefix("multipart/"), !part.children.isEmpty {
            for child in part.children { collect(child) }
        } else if part.isText {
            append(MailContent.readable(part))
        } else if !part.type.hasPrefix("message/delivery-status") || part.fileName != nil {
            attach(part)
        }
    }

    /// Takes the plain text of what says the same several times, else HTML, else the last; keeps the files of all.
    private mutating func collectAlternative(_ choices: [MailPart]) {
        let says = choices.map { MailContent(inner: $0) }
        let plain = choices.indices.first { choices[$0].type == "text/plain" && !says[$0].isBlank }
        let chosen = plain ?? choices.indices.last { !says[$0].isBlank }
        if let chosen { append(says[chosen].text) }
        for content in says { attachments += content.attachments }
    }

    private init(inner part: MailPart) { collect(part) }

    private var isBlank: Bool { text.allSatisfy(\.isWhitespace) }

    private mutating func append(_ more: String) {
        if more.allSatisfy(\.isWhitespace) { return }
        if !text.isEmpty { text += text.hasSuffix("\n") ? "\n" : "\n\n" }
        text += more
    }

    private mutating func attach(_ part: MailPart) {
        let size = part.content.count
        if size == 0, part.fileName == nil { return }
        let subject = part.children.first?.header.first("subject")?.text
        attachments.append(MailAttachment(name: part.fileName ?? subject, type: part.type, sizeInBytes: size))
    }

    /// A text part as a person reads it.
    static func readable(_ part: MailPart) -> String {
        if part.type == "text/html" { return HTMLText.readable(part.text) }
        let isFlowed = part.contentType.parameters["format"]?.lowercased() == "flowed"
        guard isFlowed else { return part.text }
        return FlowedText.joined(part.text, dropsSpace: part.contentType.parameters["delsp"]?.lowercased() == "yes")
    }
}
