/// The text of a mail in the encoding that suits it.
struct MailBody {
    /// The value of `Content-Transfer-Encoding`.
    let encodingName: String
    /// The encoded text; lines end in LF and have at most 76 characters.
    let bytes: [UInt8]

    /// - Parameter text: Lines end in LF, CR or CRLF; the last line is ended if it is not.
    init(_ text: String) {
        var lines = MailBody.lines(text)
        if lines.last == [] { lines.removeLast() }
        let size = lines.reduce(0) { $0 + $1.count }
        let foreign = lines.reduce(0) { $0 + $1.count(where: { $0 >= 0x80 }) }
        // Quoted-printable triples what is not ASCII; from a sixth on base64 is shorter.
        if foreign * 6 <= size {
            encodingName = "quoted-printable"
            bytes = QuotedPrintable.encoded(lines)
        } else {
            encodingName = "base64"
            // Text in base64 has CRLF. https://www.rfc-editor.org/rfc/rfc2045#section-6.8
            var canonical: [UInt8] = []
            for line in lines { canonical += line + [0x0D, 0x0A] }
            bytes = Base64.lines(canonical)
        }
    }

    private static func lines(_ text: String) -> [[UInt8]] {
        var lines: [[UInt8]] = [[]]
        var lastWasReturn = false
        for byte in text.utf8 {
            switch byte {
            case 0x0D:
                lines.append([])
            case 0x0A:
                if !lastWasReturn { lines.append([]) }
            default:
                lines[lines.count - 1].append(byte)
            }
            lastWasReturn = byte == 0x0D
        }
        return lines
    }
}
