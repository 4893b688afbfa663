/// Reads a line of the control protocol.
public enum LineParser {
    /// Whether a conversation can begin with this byte; TLS begins with a handshake record and sends no line at all.
    ///
    /// https://www.rfc-editor.org/rfc/rfc8446#section-5.1
    public static func mayBegin(with byte: UInt8) -> Bool { byte != 0x16 }

    /// Reads one line.
    ///
    /// - Parameters:
    ///   - bytes: The line without its LF, valid during the call only; one CR at its end is not part of it.
    ///   - isFirst: Whether it is the first line of its connection.
    /// - Returns: The request, or why there is none.
    public static func parse(_ bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool) -> Line {
        var line = bytes
        if line.last == ASCII.carriageReturn { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        if isFirst, ForeignProtocol.matches(line) { return .foreign }
        guard let start = line.firstIndex(where: { $0 != ASCII.space }) else { return .blank }
        switch line[start] {
        case ASCII.minus where start + 1 < line.count && line[start + 1] == ASCII.minus:
            return .blank
        case ASCII.openBrace, ASCII.openBracket:
            return JSONLine.parse(line, from: start)
        default:
            do {
                var parser = WordLine(line, from: start)
                return .request(try parser.request())
            } catch {
                return .malformed(error, .word)
            }
        }
    }

    /// Reads one line.
    ///
    /// - Parameters:
    ///   - bytes: The line without its LF; one CR at its end is not part of it.
    ///   - isFirst: Whether it is the first line of its connection.
    /// - Returns: The request, or why there is none.
    public static func parse(_ bytes: [UInt8], isFirst: Bool) -> Line {
        bytes.withUnsafeBufferPointer { parse($0, isFirst: isFirst) }
    }
}
