/// A part of a mail: the whole mail, or what stands in it. <https://www.rfc-editor.org/rfc/rfc2046>
public struct MailPart: Sendable {
    /// The part's header.
    public let header: MailHeader
    /// What it is, in lower case: `text/plain`.
    public let type: String
    /// The parts of a multipart; the one mail of a `message/rfc822`; empty for all others.
    public let children: [MailPart]
    /// What stands before the first and after the last part of a multipart.
    let surroundings: ArraySlice<UInt8>
    /// The body as it came, still encoded.
    let raw: ArraySlice<UInt8>
    let contentType: MailParameters
    let disposition: MailParameters

    /// The file's name; nil when the part has none.
    public var fileName: String? {
        let name = disposition.parameters["filename"] ?? contentType.parameters["name"]
        return name.flatMap { $0.isEmpty ? nil : $0 }
    }

    /// The body's bytes, without the encoding of the transport.
    public var content: [UInt8] {
        let encoding = header.first("content-transfer-encoding").map { MailParameters($0.value).word } ?? ""
        switch encoding.filter({ !$0.isWhitespace }) {
        case "quoted-printable": return QuotedPrintable.decoded(raw)
        case "base64": return Base64.decoded(raw)
        case "x-uuencode", "uuencode", "x-uue", "uue": return UUEncoding.decoded(raw)
        default: return Array(raw)
        }
    }

    /// The body as text, whatever its type; lines end in LF.
    public var text: String {
        let bytes = content
        var charset = contentType.parameters["charset"] ?? ""
        if charset.isEmpty, type == "text/html" { charset = HTMLText.charset(of: bytes) }
        let text = MailCharset.text(bytes, named: charset)
        return text.utf8.contains(0x0D) ? MailPart.withLineFeeds(text) : text
    }

    /// Whether it is shown as the mail's text rather than listed as a file.
    var isText: Bool {
        guard type == "text/plain" || type == "text/html" else { return false }
        return disposition.word != "attachment" && (fileName == nil || disposition.word == "inline")
    }

    /// This part and those in it, but not those of a mail that it passes on.
    var own: [MailPart] { [self] + (type.hasPrefix("multipart/") ? children.flatMap(\.own) : []) }

    /// Every part in the tree, this one first.
    public var all: [MailPart] { [self] + children.flatMap(\.all) }

    private static func withLineFeeds(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count)
        var returns = 0
        for byte in text.utf8 {
            if byte == 0x0D {
                returns += 1
                continue
            }
            // One or more CR before a LF belong to it; alone each is a line's end.
            if byte != 0x0A { bytes += Array(repeating: 0x0A, count: returns) }
            returns = 0
            bytes.append(byte)
        }
        return String(decoding: bytes + Array(repeating: 0x0A, count: returns), as: UTF8.self)
    }
}
