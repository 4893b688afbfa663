/// Base64 as mail has it. <https://www.rfc-editor.org/rfc/rfc2045#section-6.8>
enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of some bytes, in one line.
    static func text(_ bytes: [UInt8]) -> String { String(decoding: encoded(bytes[...]), as: UTF8.self) }

    /// Encodes in lines of 76 characters that end in LF.
    static func lines(_ bytes: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let end = min(index + 57, bytes.count)
            result += encoded(bytes[index..<end])
            result.append(UInt8(ascii: "\n"))
            index = end
        }
        return result
    }

    private static func encoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity((bytes.count + 2) / 3 * 4)
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let left = bytes.endIndex - index
            let second = left > 1 ? bytes[index + 1] : 0
            let third = left > 2 ? bytes[index + 2] : 0
            let value = UInt32(bytes[index]) << 16 | UInt32(second) << 8 | UInt32(third)
            result.append(alphabet[Int(value >> 18)])
            result.append(alphabet[Int(value >> 12 & 63)])
            result.append(left > 1 ? alphabet[Int(value >> 6 & 63)] : UInt8(ascii: "="))
            result.append(left > 2 ? alphabet[Int(value & 63)] : UInt8(ascii: "="))
            index += 3
        }
        return result
    }

    /// Decodes what came; what is no base64 is passed over, and padding in the middle starts anew.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count / 4 * 3 + 3)
        var value: UInt32 = 0
        var count = 0
        for byte in bytes {
            if byte == UInt8(ascii: "=") {
                finish(&result, value, count)
                value = 0
                count = 0
                continue
            }
            guard let six = six(byte) else { continue }
            value = value << 6 | UInt32(six)
            count += 1
            if count == 4 {
                result += [UInt8(truncatingIfNeeded: value >> 16), UInt8(truncatingIfNeeded: value >> 8)]
                result.append(UInt8(truncatingIfNeeded: value))
                value = 0
                count = 0
            }
        }
        finish(&result, value, count)
        return result
    }

    private static func finish(_ result: inout [UInt8], _ value: UInt32, _ count: Int) {
        if count == 2 { result.append(UInt8(truncatingIfNeeded: value >> 4)) }
        if count == 3 {
            result += [UInt8(truncatingIfNeeded: value >> 10), UInt8(truncatingIfNeeded: value >> 2)]
        }
    }

    private static func six(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
