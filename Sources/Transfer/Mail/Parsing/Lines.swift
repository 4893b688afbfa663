/// Bytes cut into lines that end in LF, CRLF or CR CRLF.
enum Lines {
    /// The line that begins at an index, without its end, and where the next one begins.
    static func line(_ bytes: ArraySlice<UInt8>, at start: Int) -> (content: ArraySlice<UInt8>, next: Int) {
        guard let end = bytes[start...].firstIndex(of: 0x0A) else {
            return (withoutReturns(bytes[start...]), bytes.endIndex)
        }
        return (withoutReturns(bytes[start..<end]), end + 1)
    }

    /// Without the blanks at both ends.
    static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = bytes
        while let first = rest.first, isBlank(first) { rest = rest.dropFirst() }
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return rest
    }

    /// Whether a byte is a space or a tab.
    static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func withoutReturns(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        var rest = line
        while rest.last == 0x0D { rest = rest.dropLast() }
        return rest
    }
}
