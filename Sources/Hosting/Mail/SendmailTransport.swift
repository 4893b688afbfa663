internal import Glibc

/// Sends mail through the host's own mail system, whose `sendmail` program reads a mail on its standard input.
///
/// Postfix, Exim, msmtp and others bring one with the same options.
public struct SendmailTransport: MailTransport {
    /// What is run unless the operator says otherwise: recipients from the header, a lone point ends nothing.
    public static let standardCommand = "/usr/sbin/sendmail -t -i"

    private let command: [String]
    private let limit: Duration
    /// How long the program may go on once the daemon is to end.
    private let grace: Duration
    private let haste = Haste()
    private let environment: [String: String]

    /// The variables that mail programs look at; all others are the daemon's own business.
    private static let variables = ["PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR"]

    /// Nil when the program's path does not begin with a slash.
    ///
    /// - Parameter command: The program's path and its arguments, parted by spaces.
    public init?(command: String) {
        self.init(command: command, limit: .seconds(60), grace: .seconds(3))
    }

    init?(command: String, limit: Duration, grace: Duration) {
        let words = command.split(separator: " ").map(String.init)
        guard words.first?.hasPrefix("/") == true else { return nil }
        self.command = words
        self.limit = limit
        self.grace = grace
        var environment: [String: String] = [:]
        for name in Self.variables {
            if let value = getenv(name) { environment[name] = String(cString: value) }
        }
        self.environment = environment
    }

    public func hurry() { haste.begin() }

    public func send(_ message: [UInt8], returnPath: String?) -> MailDelivery {
        var words = command
        if let returnPath {
            let isPlain = returnPath.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F } && !returnPath.hasPrefix("-")
            guard isPlain, returnPath.contains("@") else { return .permanent(reason: "malformed return path") }
            words += ["-f", returnPath]
        }
        let run: ChildRun
        do {
            run = try ChildRun(words, environment: environment, input: message, limit: limit) { [haste, grace] in
                haste.began.map { $0 + grace }
            }
        } catch {
            return .temporary(reason: "\(error)")
        }
        let note = Self.note(run.written)
        switch run.end {
        case .exited(let code): return Self.delivery(exit: code, note: note)
        case .signalled(let number): return .uncertain(reason: "the mail program ended by signal \(number)\(note)")
        case .unknown: return .uncertain(reason: "the mail program's end is unknown\(note)")
        case nil:
            let time = haste.began == nil ? "after \(limit)" : "with the daemon"
            return .uncertain(reason: "the mail program was ended \(time)\(note)")
        }
    }

    /// What an exit code means.
    ///
    /// Only what is wrong with this very mail is permanent; a mail system that is out of order or set up wrongly can
    /// be repaired. <https://man7.org/linux/man-pages/man3/sysexits.h.3head.html>
    static func delivery(exit code: Int32, note: String) -> MailDelivery {
        switch code {
        case 0: .sent
        case 65: .permanent(reason: "the mail system refused the mail (exit 65)\(note)")
        case 67: .permanent(reason: "the mail system does not know the recipient (exit 67)\(note)")
        case 75: .temporary(reason: "the mail system cannot take it now (exit 75)\(note)")
        default: .temporary(reason: "the mail program failed (exit \(code))\(note)")
        }
    }

    /// The first line that the program wrote, without addresses; at most 200 characters.
    static func note(_ written: [UInt8]) -> String {
        let text = String(decoding: written, as: UTF8.self)
        guard let line = text.split(whereSeparator: \.isNewline).first(where: { !$0.allSatisfy(\.isWhitespace) }) else {
            return ""
        }
        let words = line.split(whereSeparator: \.isWhitespace).map { $0.contains("@") ? "…" : String($0) }
        let plain = words.joined(separator: " ").unicodeScalars.filter { $0.properties.generalCategory != .control }
        return ": " + String(String(String.UnicodeScalarView(plain)).prefix(200))
    }
}
