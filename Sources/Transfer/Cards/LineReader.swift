/// Cuts bytes into lines, piece by piece, in bounded memory.
///
/// LF, CR LF and CR end a line, and so do several CR before an LF, as some programs write.
struct LineReader: Sendable {
    /// A line as it came, without its end.
    struct Line: Equatable {
        /// Counted from 1.
        let number: Int
        let bytes: [UInt8]
        /// Whether there was more than the limit.
        let isCut: Bool
    }

    /// The most bytes of a line that are kept.
    static let limit = 128 << 10

    private var bytes: [UInt8] = []
    private var isCut = false
    private var number = 1
    /// CRs that have come and may belong to an LF.
    private var returns = 0

    /// The lines that the next bytes complete.
    mutating func read(_ piece: [UInt8]) -> [Line] {
        var lines: [Line] = []
        var start = 0
        for (index, byte) in piece.enumerated() {
            guard byte == ASCII.lineFeed || byte == ASCII.carriageReturn || returns > 0 else { continue }
            keep(piece[start..<index])
            start = index
            switch byte {
            case ASCII.carriageReturn:
                returns += 1
                start += 1
            case ASCII.lineFeed:
                returns = 0
                start += 1
                lines.append(line())
            default: endReturns(&lines)
            }
        }
        keep(piece[start...])
        return lines
    }

    /// The lines that the end of the file completes.
    mutating func finish() -> [Line] {
        var lines: [Line] = []
        endReturns(&lines)
        if !bytes.isEmpty { lines.append(line()) }
        return lines
    }

    private mutating func endReturns(_ lines: inout [Line]) {
        while returns > 0 {
            returns -= 1
            lines.append(line())
        }
    }

    private mutating func keep(_ part: ArraySlice<UInt8>) {
        let room = Self.limit - bytes.count
        if part.count > room { isCut = true }
        bytes += part.prefix(room)
    }

    private mutating func line() -> Line {
        defer {
            number += 1
            isCut = false
            bytes.removeAll(keepingCapacity: true)
        }
        return Line(number: number, bytes: bytes, isCut: isCut)
    }
}
