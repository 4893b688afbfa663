internal import Glibc
internal import Polling
internal import StrictJSON

/// What a process writes.
extension PluginProcess {
    /// Takes what the process has written.
    func read(_ body: (Piece) -> Void) {
        if readPiece() == 0 {
            isOutputOver = true
            suspect()
        }
        cut(body)
    }

    /// Takes what is left of what an ended process has written.
    func takeRest(_ body: (Piece) -> Void) {
        for _ in 0..<64 where !isOutputOver {
            let count = readPiece()
            if count <= 0 { break }
            cut(body)
        }
    }

    /// - Returns: How many bytes came; 0 at the end, -1 when there are none now.
    func readPiece() -> Int {
        let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.piece) { buffer -> Int in
            let count = Glibc.read(child.output, buffer.baseAddress, buffer.count)
            if count > 0 { written.append(UnsafeBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
        if count < 0, errno != EAGAIN, errno != EINTR { return 0 }
        return count
    }

    func cut(_ body: (Piece) -> Void) {
        var pieces: [Piece] = []
        var offset = 0
        written.withBytes { bytes in
            while true {
                switch cutter.next(in: bytes, at: &offset, limit: Self.lineLimit) {
                case .line(let line): pieces.append(Self.message(Array(line)))
                case .overlong(let length): pieces.append(.offence("a line of \(length) bytes"))
                case .unfinished: return
                }
            }
        }
        written.drop(offset)
        for piece in pieces { body(piece) }
    }

    static func message(_ line: [UInt8]) -> Piece {
        if line.isEmpty { return .stray(bytes: 1) }
        // What is no JSON is counted, not told apart.
        guard let json = try? JSON(parsing: line), json.objectValue != nil else { return .stray(bytes: line.count) }
        return .message(json)
    }

    /// Takes what is left of what an ended process has complained.
    func takeRestOfErrors(_ body: (String) -> Void) {
        for _ in 0..<64 where !areErrorsOver { readErrors(body) }
    }

    /// Takes whole lines of what the process has complained.
    func readErrors(_ body: (String) -> Void) {
        let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 16 << 10) { buffer -> Int in
            let count = Glibc.read(child.errors, buffer.baseAddress, buffer.count)
            if count > 0 { errorText.append(UnsafeBufferPointer(rebasing: buffer[..<count])) }
            return count
        }
        var lines: [String] = []
        var offset = 0
        errorText.withBytes { bytes in
            while case .line(let line) = errorCutter.next(in: bytes, at: &offset, limit: 4_096) {
                lines.append(String(decoding: line, as: UTF8.self))
            }
        }
        errorText.drop(offset)
        if let last = lines.last(where: { !$0.isEmpty }) { lastWords = String(last.prefix(200)) }
        for line in lines { body(line) }
        if count == 0 || count < 0 && errno != EAGAIN && errno != EINTR { areErrorsOver = true }
    }
}
