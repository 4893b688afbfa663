/// Well-formedness of UTF-8, one character at a time.
///
/// The table is that of the Unicode Standard, chapter 3, table 3-7 (no overlong forms, no surrogates, nothing above
/// U+10FFFF): https://www.unicode.org/versions/Unicode16.0.0/core-spec/chapter-3/#G27506
public enum UTF8Check {
    /// The length in bytes of the well-formed character that starts at `offset`.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - offset: Where the character starts, in bytes counted from 0; below `bytes.count`.
    /// - Returns: 1 to 4, or 0 when the bytes there are no well-formed UTF-8.
    public static func length(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
        let first = bytes[offset]
        switch first {
        case 0x00...0x7F: return 1
        case 0xC2...0xDF: return continues(bytes, offset, 2, 0x80...0xBF)
        case 0xE0: return continues(bytes, offset, 3, 0xA0...0xBF)
        case 0xE1...0xEC, 0xEE...0xEF: return continues(bytes, offset, 3, 0x80...0xBF)
        case 0xED: return continues(bytes, offset, 3, 0x80...0x9F)
        case 0xF0: return continues(bytes, offset, 4, 0x90...0xBF)
        case 0xF1...0xF3: return continues(bytes, offset, 4, 0x80...0xBF)
        case 0xF4: return continues(bytes, offset, 4, 0x80...0x8F)
        default: return 0
        }
    }

    private static func continues(
        _ bytes: UnsafeBufferPointer<UInt8>, _ offset: Int, _ length: Int, _ second: ClosedRange<UInt8>
    ) -> Int {
        guard offset + length <= bytes.count, second.contains(bytes[offset + 1]) else { return 0 }
        if length > 2, bytes[offset + 2] & 0xC0 != 0x80 { return 0 }
        if length > 3, bytes[offset + 3] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
