/// What folding makes of the letters of European names, U+00C0 to U+017F, looked up instead of worked out.
struct LatinFolding {
    /// One to three ASCII letters; no bytes where ``FoldedText`` must be asked.
    private(set) var bytes: [UInt8] = []
    /// Whether it is one of a, o and u that had two dots.
    private(set) var isUmlaut = false

    private init(_ scalar: Unicode.Scalar) {
        let pieces = FoldedText(String(Character(scalar))).pieces
        guard pieces.count == 1, let piece = pieces.first else { return }
        let plain = Array(piece.plain.utf8)
        guard !plain.isEmpty, plain.allSatisfy({ 0x61...0x7A ~= $0 }) else { return }
        bytes = plain
        isUmlaut = piece.isUmlaut
    }

    private static let first: UInt32 = 0xC0
    private static let table = (first...0x17F).map { value in
        // Every value in this range is a character.
        Unicode.Scalar(value).map(LatinFolding.init) ?? LatinFolding(" ")
    }

    /// The folding of the letter whose two bytes of UTF-8 begin at `index`; nil for every other character.
    static func letter(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> LatinFolding? {
        // 0xC3 begins U+00C0, 0xC5 ends with U+017F.
        guard 0xC3...0xC5 ~= text[index], index + 1 < text.count else { return nil }
        let value = UInt32(text[index] & 0x1F) << 6 | UInt32(text[index + 1] & 0x3F)
        let folding = table[Int(value - first)]
        return folding.bytes.isEmpty ? nil : folding
    }

    /// The folded form of a text of ASCII and such letters; nil for other texts.
    static func folded(_ text: String) -> String? {
        var copy = text
        return copy.withUTF8 { bytes in
            var isKnown = true
            // Two bytes become three at most.
            let folded = String(unsafeUninitializedCapacity: bytes.count * 3 / 2) { target in
                let count = fold(bytes, into: target)
                isKnown = count != nil
                return count ?? 0
            }
            return isKnown ? folded : nil
        }
    }

    /// - Returns: How many bytes the folded form has; nil for other texts.
    private static func fold(
        _ bytes: UnsafeBufferPointer<UInt8>, into target: UnsafeMutableBufferPointer<UInt8>
    ) -> Int? {
        var count = 0
        func add(_ byte: UInt8) {
            target[count] = byte
            count += 1
        }
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            switch byte {
            case 0x80...:
                guard let letter = letter(in: bytes, at: index) else { return nil }
                for byte in letter.bytes { add(byte) }
                index += 1
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): add(byte + 0x20)
            case 0x09...0x0D, 0x20: if count > 0, target[count - 1] != 0x20 { add(0x20) }
            default: add(byte)
            }
            index += 1
        }
        return count > 0 && target[count - 1] == 0x20 ? count - 1 : count
    }
}
