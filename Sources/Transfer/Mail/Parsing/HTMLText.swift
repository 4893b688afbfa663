/// HTML as a person reads it in a mail, in plain text.
///
/// Quotations become lines that begin with `>`, as mail programs write them in plain text.
enum HTMLText {
    /// The text of a page, or of a piece of one; lines end in LF.
    static func readable(_ html: String) -> String {
        var reader = HTMLReader(Array(html.utf8))
        var writer = HTMLTextWriter()
        while let piece = reader.next() {
            switch piece {
            case .text(let bytes): writer.text(bytes)
            case .open(let tag): writer.open(tag)
            case .close(let name): writer.close(name)
            }
        }
        return writer.finished()
    }

    /// The character set that a page names in its first kilobyte; empty when it names none.
    static func charset(of bytes: [UInt8]) -> String {
        let start = String(decoding: bytes.prefix(1024).map { $0 < 0x80 ? $0 : 0x20 }, as: UTF8.self).lowercased()
        guard let mark = start.firstRange(of: "charset=") else { return "" }
        let rest = start[mark.upperBound...].drop { $0 == "\"" || $0 == "'" }
        return String(rest.prefix { $0.isLetter || $0.isNumber || $0 == "-" || $0 == "_" })
    }
}
