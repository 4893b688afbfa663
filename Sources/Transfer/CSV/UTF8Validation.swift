/// Checks UTF-8 piece by piece. <https://www.rfc-editor.org/rfc/rfc3629#section-4>
struct UTF8Validation {
    /// Whether nothing forbidden has come.
    private(set) var isValid = true
    /// How many bytes of the current character are still to come.
    private var missing = 0
    /// What the next one may be.
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF

    /// Whether no character is begun.
    var isComplete: Bool { missing == 0 }

    mutating func take(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { bytes in
            var index = 0
            while index < bytes.count, isValid {
                if missing == 0 {
                    // Eight bytes of ASCII at a time.
                    while index + 8 <= bytes.count,
                        bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & 0x8080_8080_8080_8080 == 0
                    {
                        index += 8
                    }
                    guard index < bytes.count else { return }
                }
                take(bytes[index])
                index += 1
            }
        }
    }

    private mutating func take(_ byte: UInt8) {
        if missing > 0 {
            isValid = allowed.contains(byte)
            missing -= 1
            allowed = 0x80...0xBF
            return
        }
        switch byte {
        case 0x00...0x7F: return
        case 0xC2...0xDF: begin(1)
        case 0xE0: begin(2, 0xA0...0xBF)
        case 0xED: begin(2, 0x80...0x9F)
        case 0xE1...0xEF: begin(2)
        case 0xF0: begin(3, 0x90...0xBF)
        case 0xF1...0xF3: begin(3)
        case 0xF4: begin(3, 0x80...0x8F)
        default: isValid = false
        }
    }

    private mutating func begin(_ count: Int, _ range: ClosedRange<UInt8> = 0x80...0xBF) {
        missing = count
        allowed = range
    }
}
