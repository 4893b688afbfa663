/// A short piece of what customers are found by, as a number: its kind and up to three bytes of folded UTF-8.
struct SearchGram: Sendable, Hashable {
    /// Kind and bytes, 27 bits.
    let rawValue: UInt32

    /// A word's first one, two or three bytes.
    init(startOf word: some Collection<UInt8>, length: Int) {
        rawValue = word.prefix(length).reduce(UInt32(length)) { $0 << 8 | UInt32($1) } << (8 * (3 - UInt32(length)))
    }

    /// Three bytes of a word, of which the first is not the word's own first.
    init(inside bytes: ArraySlice<UInt8>) { self.init(kind: 4, bytes) }

    /// Three bytes of an address.
    init(ofAddress bytes: ArraySlice<UInt8>) { self.init(kind: 5, bytes) }

    private init(kind: UInt32, _ bytes: ArraySlice<UInt8>) {
        rawValue = bytes.reduce(kind) { $0 << 8 | UInt32($1) }
    }
}
