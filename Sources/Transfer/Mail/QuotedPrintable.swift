/// Quoted-printable text. <https://www.rfc-editor.org/rfc/rfc2045#section-6.7>
enum QuotedPrintable {
    private static let width = 76
    private static let digits = Array("0123456789ABCDEF".utf8)

    /// Encodes lines; those of the result end in LF.
    static func encoded(_ lines: [[UInt8]]) -> [UInt8] {
        var result: [UInt8] = []
        for line in lines {
            append(line, to: &result)
            result.append(UInt8(ascii: "\n"))
        }
        return result
    }

    private static func append(_ line: [UInt8], to result: inout [UInt8]) {
        var column = 0
        for (index, byte) in line.enumerated() {
            let isLast = index + 1 == line.count
            let isBlank = byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
            // A point alone ends a mail for old programs, "From " starts one in a mailbox file.
            let isAwkward =
                index == 0
                && (byte == UInt8(ascii: ".") || byte == UInt8(ascii: "F") && line.starts(with: "From ".utf8))
            let isPlain =
                isBlank ? !isLast : byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: "=") && !isAwkward
            let size = isPlain ? 1 : 3
            if column + size > (isLast ? width : width - 1) {
                result += [UInt8(ascii: "="), UInt8(ascii: "\n")]
                column = 0
            }
            if isPlain {
                result.append(byte)
            } else {
                result += [UInt8(ascii: "="), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
            column += size
        }
    }

    /// Decodes what came; what is not quoted-printable stays as it is.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        var blanks: [UInt8] = []
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let byte = bytes[index]
            index += 1
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\t"):
                // Blanks at the end of a line came with the transport.
                blanks.append(byte)
                continue
            case 0x0A:
                result.append(byte)
            case 0x0D where index < bytes.endIndex && bytes[index] == 0x0A:
                result += [byte, 0x0A]
                index += 1
            case UInt8(ascii: "="):
                result += blanks
                if let after = softBreak(bytes, index) {
                    index = after
                } else if index + 1 < bytes.endIndex, let high = HexadecimalDigit.value(bytes[index]),
                    let low = HexadecimalDigit.value(bytes[index + 1])
                {
                    result.append(high << 4 | low)
                    index += 2
                } else {
                    result.append(byte)
                }
            default:
                result += blanks
                result.append(byte)
            }
            blanks.removeAll(keepingCapacity: true)
        }
        return result
    }

    /// Where the text goes on when a line break follows that does not count; nil when none does.
    private static func softBreak(_ bytes: ArraySlice<UInt8>, _ start: Int) -> Int? {
        var index = start
        while index < bytes.endIndex, bytes[index] == UInt8(ascii: " ") || bytes[index] == UInt8(ascii: "\t") {
            index += 1
        }
        if index == bytes.endIndex { return index }
        if bytes[index] == 0x0D, index + 1 < bytes.endIndex, bytes[index + 1] == 0x0A { return index + 2 }
        return bytes[index] == 0x0A ? index + 1 : nil
    }
}
