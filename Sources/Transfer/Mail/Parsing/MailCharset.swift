internal import CSystem

/// Text in the character sets of mail.
enum MailCharset {
    /// Reads text of a character set.
    ///
    /// Unknown sets, and bytes that are wrong in the set, are read as UTF-8, and what is not UTF-8 as windows-1252, of
    /// which ISO 8859-1 and ASCII are taken to be parts. <https://encoding.spec.whatwg.org/#names-and-labels>
    static func text(_ bytes: [UInt8], named name: String) -> String {
        switch name.lowercased() {
        case "", "utf-8", "utf8", "us-ascii", "ascii", "unknown-8bit", "x-unknown", "binary":
            return utf8(bytes) ?? converted(bytes, from: "windows-1252")
        case "iso-8859-1", "latin1", "latin-1", "windows-1252", "cp1252":
            return bytes.allSatisfy { $0 < 0x80 }
                ? String(decoding: bytes, as: UTF8.self)
                : converted(bytes, from: "windows-1252")
        case let other:
            guard knows(other) else { return utf8(bytes) ?? converted(bytes, from: "windows-1252") }
            return converted(bytes, from: alias(other))
        }
    }

    /// Sets that mail calls by the name of a smaller one. <https://encoding.spec.whatwg.org/#names-and-labels>
    private static func alias(_ name: String) -> String {
        switch name {
        case "gb2312", "gb_2312-80", "gbk", "x-gbk": "gb18030"
        case "shift_jis", "shift-jis", "x-sjis", "sjis": "cp932"
        case "iso-8859-9": "windows-1254"
        case "ks_c_5601-1987", "euc-kr", "ksc5601": "cp949"
        case "iso-8859-8-i": "iso-8859-8"
        default: name
        }
    }

    private static func knows(_ name: String) -> Bool {
        // Names go to the C library, which gives "//" and "," a meaning of its own.
        let isName = name.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                UInt8(ascii: "_"), UInt8(ascii: ":"), UInt8(ascii: "."):
                true
            default:
                false
            }
        }
        return isName && name.utf8.count <= 40 && csystem_knows_charset(alias(name)) == 1
    }

    private static func utf8(_ bytes: [UInt8]) -> String? { String(validating: bytes, as: UTF8.self) }

    private static func converted(_ bytes: [UInt8], from name: String) -> String {
        // The worst case is four bytes of UTF-8 for one.
        let text = [UInt8](unsafeUninitializedCapacity: bytes.count * 4 + 16) { buffer, count in
            count = csystem_convert_to_utf8(name, bytes, bytes.count, buffer.baseAddress, buffer.count)
        }
        return text.isEmpty && !bytes.isEmpty
            ? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })) : String(decoding: text, as: UTF8.self)
    }
}
