/// A short piece of what customers are found by, as a number: its kind and up to three bytes of folded UTF-8.
struct SearchGram: Sendable, Hashable {
    /// Kind and bytes, 27 bits.
    let rawValue: UInt32

    /// A word's first bytes, one to three of them.
    init(startOf bytes: [UInt8], at start: Int, _ length: Int) {
        var value = UInt32(length)
        for index in start..<start + 3 { value = value << 8 | (index < start + length ? UInt32(bytes[index]) : 0) }
        rawValue = value
    }

    /// Three bytes of a word, of which the first is not the word's own first.
    init(inside bytes: [UInt8], at start: Int) { self.init(kind: 4, bytes, start) }

    /// Three bytes of an address.
    init(ofAddress bytes: [UInt8], at start: Int) { self.init(kind: 5, bytes, start) }

    private init(kind: UInt32, _ bytes: [UInt8], _ start: Int) {
        rawValue = kind << 24 | UInt32(bytes[start]) << 16 | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2])
    }
}
