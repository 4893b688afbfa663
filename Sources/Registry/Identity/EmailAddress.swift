/// An e-mail address as it was written, and the key under which it is unique.
public struct EmailAddress: Sendable, Hashable {
    /// The address as written, without the spaces around it.
    public let spelling: String

    /// The same text for every spelling of the address.
    ///
    /// The part before the `@` is case-folded by Unicode's default folding, in no locale, and composed (NFC): `I`
    /// becomes `i`, a Turkish `İ` becomes `i` with a dot above and `ı` stays, so those three remain different. The
    /// domain is lower-case ASCII with Punycode: `müller.de` and `xn--mller-kva.de` are one.
    public let key: String

    /// Takes up an address that was checked before it was stored.
    init(storedSpelling spelling: String, key: String) {
        self.spelling = spelling
        self.key = key
    }

    /// Reads an address of the plain kind: no display name, quotes, comments or IP address.
    ///
    /// Spaces and tabs around it are dropped, other control characters are not. At most 64 bytes before the `@` and
    /// 254 in all. <https://www.rfc-editor.org/rfc/rfc5321#section-4.5.3>, <https://www.rfc-editor.org/rfc/rfc6531>
    ///
    /// - Throws: ``ValueError/badEmail(_:)``.
    public init(parsing text: String) throws(ValueError) {
        if let key = EmailAddress.plainKey(text) {
            self.spelling = text
            self.key = key
            return
        }
        let spelling = EmailAddress.trimmed(text)
        let scalars = spelling.unicodeScalars
        guard let at = scalars.lastIndex(of: "@") else { throw .badEmail(.missingAt) }
        if at == scalars.startIndex { throw .badEmail(.emptyLocalPart) }
        let domain = String(scalars[scalars.index(after: at)...])
        if domain.isEmpty { throw .badEmail(.emptyDomain) }
        let localPart = String(scalars[..<at])
        let folded = try LocalPart.folded(localPart)
        let ascii = try DomainName.ascii(domain)
        guard localPart.utf8.count <= 64 else { throw .badEmail(.localPartTooLong) }
        guard localPart.utf8.count + 1 + ascii.utf8.count <= 254 else { throw .badEmail(.tooLong) }
        self.spelling = spelling
        self.key = folded + "@" + ascii
    }

    /// The key of an address of ASCII letters, digits, hyphens and points that is surely right; nil for all others.
    private static func plainKey(_ text: String) -> String? {
        var copy = text
        guard let isLowercase = copy.withUTF8({ plainCase($0) }) else { return nil }
        // Most are written as their key is, and then one text in memory does for both.
        return isLowercase ? text : text.lowercased()
    }

    /// Whether such an address has no capital letters; nil for all others.
    private static func plainCase(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard bytes.count <= 254 else { return nil }
        var isLowercase = true
        var at: Int?
        var labelStart = 0
        var lastPoint: Int?
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
                break
            case UInt8(ascii: "A")...UInt8(ascii: "Z"):
                isLowercase = false
            case UInt8(ascii: "-") where index > labelStart && index + 1 < bytes.count:
                let after = bytes[index + 1]
                // Two hyphens may be Punycode; one before a point or @ may be an error.
                if after == UInt8(ascii: "-") || after == UInt8(ascii: ".") || after == UInt8(ascii: "@") { return nil }
            case UInt8(ascii: "_") where at == nil, UInt8(ascii: "+") where at == nil:
                break
            case UInt8(ascii: ".") where index > labelStart && index - labelStart <= 63:
                labelStart = index + 1
                if at != nil { lastPoint = index }
            case UInt8(ascii: "@") where at == nil && index > labelStart && index <= 64:
                at = index
                labelStart = index + 1
            default:
                return nil
            }
        }
        guard let lastPoint, bytes.count > labelStart, bytes.count - labelStart <= 63,
            bytes[lastPoint + 1] > UInt8(ascii: "9")
        else { return nil }
        return isLowercase
    }

    private static func trimmed(_ text: String) -> String {
        func isSpace(_ scalar: Unicode.Scalar) -> Bool {
            scalar == "\t" || scalar == "\u{FEFF}" || scalar.properties.generalCategory == .spaceSeparator
        }
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, isSpace(first) { scalars.removeFirst() }
        while let last = scalars.last, isSpace(last) { scalars.removeLast() }
        return String(scalars)
    }
}
