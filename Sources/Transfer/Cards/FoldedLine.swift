/// A line with those that continue it.
struct FoldedLine: Sendable {
    /// The number of the first of them, counted from 1.
    let number: Int
    private(set) var bytes: [UInt8]
    /// Whether there was more than the limit of a line.
    private(set) var isCut: Bool

    init(_ line: LineReader.Line) {
        number = line.number
        bytes = line.bytes
        isCut = line.isCut
    }

    mutating func append(_ more: ArraySlice<UInt8>, of line: LineReader.Line) {
        let room = LineReader.limit - bytes.count
        isCut = isCut || line.isCut || more.count > room
        bytes += more.prefix(max(room, 0))
    }

    /// Takes off the last byte, a sign that the text goes on.
    mutating func dropLast() { bytes.removeLast() }

    /// Cuts at the first of a byte, of which those between quotation marks do not count unless there is no other.
    func cut(at byte: UInt8) -> (head: ArraySlice<UInt8>, tail: ArraySlice<UInt8>)? {
        guard let first = bytes.firstIndex(of: byte) else { return nil }
        var isQuoted = false
        let unquoted = bytes.firstIndex {
            if $0 == ASCII.quote { isQuoted.toggle() }
            return $0 == byte && !isQuoted
        }
        let index = unquoted ?? first
        return (bytes[..<index], bytes[(index + 1)...])
    }
}

extension LineReader.Line {
    /// Whether there is nothing but white space.
    var isBlank: Bool { bytes.allSatisfy { $0 == ASCII.space || $0 == ASCII.tab } }

    /// Whether it continues the line before where folding is marked by white space.
    var isFolded: Bool { bytes.first == ASCII.space || bytes.first == ASCII.tab }
}
