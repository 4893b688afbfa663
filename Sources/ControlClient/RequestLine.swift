import StrictJSON

/// Word lines, put together from a shell's arguments.
///
/// A word line is `[ "@" tenant SP ] verb *( SP [ name "=" ] value )`.
public enum RequestLine {
    /// One line.
    ///
    /// - Parameters:
    ///   - tenant: Whom the line is for; nil leaves that to the connection.
    ///   - verb: Without spaces and control characters.
    ///   - arguments: Texts as a shell hands them over, each becoming one token.
    /// - Returns: The line without its LF.
    public static func line(tenant: String?, verb: String, arguments: [String]) -> String {
        let head = tenant.map { "@\($0) " } ?? ""
        return ([head + verb] + arguments.map(token)).joined(separator: " ")
    }

    /// One argument, `name=value` or a bare value, as one token.
    ///
    /// Complete JSON stays JSON, written on one line; whatever the bare form cannot hold becomes a JSON string.
    public static func token(_ argument: String) -> String {
        guard let end = endOfName(in: argument) else {
            return argument.isEmpty ? JSON.string("").text : value(argument)
        }
        // By bytes: an accent behind the sign would be one character with it.
        let rest = argument.utf8.index(after: end)
        return argument[..<end] + "=" + value(String(argument[rest...]))
    }

    /// The file a client is to upload for an argument `upload=@path`; nil for any other argument.
    static func uploadPath(in argument: String) -> String? {
        let prefix = "upload=@"
        return argument.utf8.starts(with: prefix.utf8)
            ? String(decoding: argument.utf8.dropFirst(prefix.utf8.count), as: UTF8.self) : nil
    }

    /// Where the `=` behind a name is, `[A-Za-z][A-Za-z0-9_.-]*`; nil for a bare value.
    private static func endOfName(in argument: String) -> String.Index? {
        guard let end = argument.utf8.firstIndex(of: ASCII.equals) else { return nil }
        let name = argument.utf8[..<end]
        guard let first = name.first, ASCII.isLetter(first), name.allSatisfy(ASCII.isNameByte) else { return nil }
        return end
    }

    private static func value(_ text: String) -> String {
        switch text.utf8.first {
        case ASCII.quote, ASCII.openBrace, ASCII.openBracket:
            // What is no JSON is text, whatever it begins with.
            return ((try? JSON(parsing: text)) ?? .string(text)).text
        default:
            let isBare = text.utf8.allSatisfy { $0 != ASCII.space && !ASCII.isControl($0) }
            return isBare ? text : JSON.string(text).text
        }
    }

    /// The verb of a word line; empty when the line is blank, a comment or JSON.
    static func verb(of line: [UInt8]) -> String {
        let words = line.split(separator: ASCII.space, maxSplits: 2)
        let verb = words.first?.first == ASCII.at ? words.dropFirst().first : words.first
        guard let verb, let first = verb.first, ASCII.isLetter(first) else { return "" }
        return String(decoding: verb.last == ASCII.carriageReturn ? verb.dropLast() : verb, as: UTF8.self)
    }

    /// Whether the daemon answers nothing: the line is empty or a comment.
    static func isBlank(_ line: [UInt8]) -> Bool {
        let line = line.last == ASCII.carriageReturn ? line.dropLast() : line[...]
        let rest = line.drop { $0 == ASCII.space }
        return rest.isEmpty || rest.starts(with: [ASCII.minus, ASCII.minus])
    }
}
