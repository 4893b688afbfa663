/// Files from before MIME. <https://pubs.opengroup.org/onlinepubs/9799919799/utilities/uuencode.html>
enum UUEncoding {
    /// The bytes between `begin` and `end`; all bytes as they are when there is no `begin`.
    static func decoded(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var result: [UInt8] = []
        var hasBegun = false
        var index = bytes.startIndex
        while index < bytes.endIndex {
            let line = Lines.line(bytes, at: index)
            index = line.next
            if !hasBegun {
                hasBegun = line.content.starts(with: "begin ".utf8)
            } else if line.content.elementsEqual("end".utf8) {
                break
            } else {
                append(Array(line.content), to: &result)
            }
        }
        return hasBegun ? result : Array(bytes)
    }

    private static func append(_ line: [UInt8], to result: inout [UInt8]) {
        guard let first = line.first, first > 0x20 else { return }
        var left = Int((first &- 0x20) & 63)
        var index = 1
        while left > 0, index < line.count {
            let six = (0..<4).map { index + $0 < line.count ? UInt32((line[index + $0] &- 0x20) & 63) : 0 }
            let value = six[0] << 18 | six[1] << 12 | six[2] << 6 | six[3]
            let three = [UInt8(value >> 16), UInt8(value >> 8 & 255), UInt8(value & 255)]
            result += three.prefix(left)
            left -= 3
            index += 4
        }
    }
}
