internal import Foundation
internal import StrictJSON

/// Log lines on stderr, one JSON object each; the service manager adds the time.
public enum Log {
    /// Something a person should look at.
    ///
    /// Never give personal data.
    public static func error(_ message: String, _ fields: [String: String] = [:]) {
        write("error", message, fields)
    }

    /// Something worth knowing.
    ///
    /// Never give personal data.
    public static func notice(_ message: String, _ fields: [String: String] = [:]) {
        write("notice", message, fields)
    }

    private static func write(_ level: String, _ message: String, _ fields: [String: String]) {
        let line = JSONWriter.object { writer in
            writer.member("level", level)
            writer.member("message", message)
            for (name, value) in fields.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
        }
        // A log that cannot be written must not stop the daemon, and there is nowhere else to say so.
        try? FileHandle.standardError.write(contentsOf: Data(line.bytes + [0x0a]))
    }
}
