import TestSupport

/// Spoils lines, a little or a lot, the same way in every run.
struct LineMutator {
    private static let pieces: [[UInt8]] =
        [
            "\"", "\\", "{", "}", "[", "]", "=", " ", ":", ",", "@", "--", "\r", "\t", "\\u0000", "\\ud800", "1e999",
            "-",
            "null", "true", "[[[[[[[[", "{\"a\":", "=\"", "\" \"", "key=k", "id", "commit", "batch", "use other", "é",
            "𝄞",
        ].map { Array($0.utf8) } + [
            [0x00], [0xFF], [0xC3], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0x7F], [0x1B],
        ]

    /// A line without LF, mutated up to five times.
    static func mutate(_ line: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(line.utf8)
        for _ in 0..<random.below(6) { mutateOnce(&bytes, &random) }
        return bytes.map { $0 == 0x0A ? 0x20 : $0 }
    }

    private static func mutateOnce(_ bytes: inout [UInt8], _ random: inout SeededGenerator) {
        let place = random.below(bytes.count + 1)
        let end = min(bytes.count, place + 1 + random.below(12))
        switch random.below(7) {
        case 0: if place < bytes.count { bytes[place] ^= 1 << UInt8(random.below(8)) }
        case 1: if place < bytes.count { bytes[place] = UInt8(random.below(256)) }
        case 2, 3: bytes.insert(contentsOf: random.pick(pieces), at: place)
        case 4: bytes.removeSubrange(place..<end)
        case 5: bytes.insert(contentsOf: bytes[place..<end], at: random.below(bytes.count + 1))
        case _: if random.below(3) == 0 { bytes.removeSubrange(place...) }
        }
    }

    /// Whether a line is blank or a comment, so that nothing answers it.
    static func isBlank(_ line: [UInt8]) -> Bool {
        let rest = (line.last == 0x0D ? line.dropLast() : line[...]).drop { $0 == 0x20 }
        return rest.isEmpty || rest.starts(with: [0x2D, 0x2D])
    }

    /// Whether a line may ask for what would end the test.
    static func isForbidden(_ line: [UInt8]) -> Bool {
        let text = String(decoding: line, as: UTF8.self)
        return ["drain", "suspend", "tenant.archive", "tenant.restore", "tenant.delete"].contains { text.contains($0) }
    }
}
