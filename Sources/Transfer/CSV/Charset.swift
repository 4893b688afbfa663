/// How characters are written as bytes, by its name at IANA in lower case.
///
/// <https://www.iana.org/assignments/character-sets/character-sets.xhtml>
public enum Charset: String, Sendable, CaseIterable {
    case utf8 = "utf-8"
    case utf16LittleEndian = "utf-16le"
    case utf16BigEndian = "utf-16be"
    case windows1252 = "windows-1252"
    case windows1254 = "windows-1254"
    case windows1250 = "windows-1250"
    case windows1251 = "windows-1251"
    case windows1253 = "windows-1253"
    case latin1 = "iso-8859-1"
    case latin5 = "iso-8859-9"
    case latin9 = "iso-8859-15"
    case macintosh
    case ibm437
    case ibm850
    case ibm857
    case shiftJIS = "shift_jis"
    case latin2 = "iso-8859-2"
    case koi8R = "koi8-r"
    case gb18030
    case big5
    case eucJP = "euc-jp"
    case eucKR = "euc-kr"

    /// Reads the name of a charset, or what people call it, in any case: `latin1`, `cp1252`, `ansi`.
    public init?(named name: String) {
        let bare = name.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }
        let known = Self.allCases.first { $0.rawValue.filter { $0 != "-" && $0 != "_" } == bare }
        guard let found = known ?? Self.otherNames[bare] else { return nil }
        self = found
    }

    private static let otherNames: [String: Charset] = [
        "ansi": .windows1252, "cp1252": .windows1252, "1252": .windows1252, "cp1254": .windows1254,
        "1254": .windows1254, "cp1250": .windows1250, "cp1251": .windows1251, "cp1253": .windows1253,
        "latin1": .latin1, "88591": .latin1, "latin5": .latin5, "latin9": .latin9, "macroman": .macintosh,
        "mac": .macintosh, "cp437": .ibm437, "cp850": .ibm850, "cp857": .ibm857, "sjis": .shiftJIS,
        "utf16": .utf16LittleEndian, "latin2": .latin2, "88592": .latin2, "gb2312": .gb18030, "gbk": .gb18030,
    ]

    /// The charset of a file that begins with a byte order mark of UTF-16; nil for any other.
    public init?(byteOrderMark start: [UInt8]) {
        switch start.prefix(2) {
        case [0xFF, 0xFE]: self = .utf16LittleEndian
        case [0xFE, 0xFF]: self = .utf16BigEndian
        default: return nil
        }
    }

    /// Whether a character may take more than a byte.
    var isOfSeveralBytes: Bool {
        switch self {
        case .utf8, .utf16LittleEndian, .utf16BigEndian, .shiftJIS, .gb18030, .big5, .eucJP, .eucKR: true
        case .windows1252, .windows1254, .windows1250, .windows1251, .windows1253, .latin1, .latin5, .latin9,
            .macintosh, .ibm437, .ibm850, .ibm857, .latin2, .koi8R:
            false
        }
    }

    /// What a file may be when nothing in it tells: what Excel and other programs write in Europe and Turkey.
    static let candidates: [Charset] = [.windows1252, .windows1254, .latin9, .macintosh, .ibm850, .windows1250]
}
