/// A format of address books in which each person is a card of named properties.
public enum CardFormat: String, Sendable, Equatable {
    /// vCard 2.1, 3.0 and 4.0. <https://www.rfc-editor.org/rfc/rfc6350>
    case vCard = "vcard"
    /// Entries of a directory, as Thunderbird and LDAP servers write them. <https://www.rfc-editor.org/rfc/rfc2849>
    case ldif

    /// Tells the format from the beginning of a file, in UTF-8 or anything that holds ASCII; nil for anything else.
    public init?(detectingIn start: [UInt8]) {
        let text = start.starts(with: CSVWriter.byteOrderMark) ? start.dropFirst(3) : start[...]
        for line in text.split(maxSplits: 200, whereSeparator: { $0 == ASCII.lineFeed || $0 == ASCII.carriageReturn }) {
            let word = String(decoding: line.prefix(64), as: UTF8.self).lowercased().filter { !$0.isWhitespace }
            if word.isEmpty || word.hasPrefix("#") { continue }
            if word == "begin:vcard" || word.hasSuffix(".begin:vcard") {
                self = .vCard
                return
            }
            guard word.hasPrefix("dn:") || word == "version:1" else { return nil }
            self = .ldif
            return
        }
        return nil
    }
}
