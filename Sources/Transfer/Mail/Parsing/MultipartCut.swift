/// The body of a multipart, cut at its boundary. <https://www.rfc-editor.org/rfc/rfc2046#section-5.1.1>
struct MultipartCut {
    /// The parts with their headers, without the line end before the next boundary.
    let pieces: [ArraySlice<UInt8>]
    /// What stands before the first part and after the last.
    let surroundings: ArraySlice<UInt8>

    /// - Returns: Nil when the boundary does not occur.
    init?(_ body: ArraySlice<UInt8>, boundary: [UInt8]) {
        let delimiter = [UInt8(ascii: "-"), UInt8(ascii: "-")] + boundary
        var pieces: [ArraySlice<UInt8>] = []
        var outside: ArraySlice<UInt8> = []
        var start = body.startIndex
        var isInside = false
        var index = body.startIndex
        while index < body.endIndex {
            let line = Lines.line(body, at: index)
            if let isLast = MultipartCut.isDelimiter(line.content, delimiter) {
                let piece = MultipartCut.withoutLastBreak(body[start..<index])
                if isInside { pieces.append(piece) } else { outside += piece }
                start = line.next
                isInside = !isLast
            }
            index = line.next
        }
        let rest = body[start...]
        if isInside { pieces.append(rest) } else { outside += rest }
        if pieces.isEmpty { return nil }
        self.pieces = pieces
        surroundings = outside
    }

    /// Whether a line is the last boundary; nil when it is none at all.
    private static func isDelimiter(_ line: ArraySlice<UInt8>, _ delimiter: [UInt8]) -> Bool? {
        guard line.starts(with: delimiter) else { return nil }
        let rest = line.dropFirst(delimiter.count)
        if rest.allSatisfy({ Lines.isBlank($0) }) { return false }
        guard rest.starts(with: "--".utf8), rest.dropFirst(2).allSatisfy({ Lines.isBlank($0) }) else { return nil }
        return true
    }

    private static func withoutLastBreak(_ piece: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
        guard piece.last == 0x0A else { return piece }
        let shorter = piece.dropLast()
        return shorter.last == 0x0D ? shorter.dropLast() : shorter
    }
}
