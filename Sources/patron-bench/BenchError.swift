/// Why a measurement cannot be taken.
enum BenchError: Error, Equatable, CustomStringConvertible {
    /// The program was called in a way it does not understand.
    case usage(String)
    /// The daemon's program is not beside this one.
    case noDaemon(path: String)
    /// The daemon ended, or did not listen in time; with what it wrote to its log.
    case daemonFailed(log: String)
    /// The daemon answered something else than asked for.
    case unexpectedAnswer(String)
    /// The daemon did not answer for so many seconds.
    case silence(seconds: Int)
    /// A file of `/proc` does not say what it should.
    case unreadableStatus(path: String)
    /// SQLite refused something; an extended result code of https://sqlite.org/rescode.html.
    case sqlite(code: Int32, message: String)
    /// There is no sqlite3 program.
    case noShell
    /// The sqlite3 program ended with this status.
    case shellFailed(status: Int32)
    /// There is no PostgreSQL, or no user of its own for it.
    case noPostgres
    /// A program of PostgreSQL's failed; with what it printed.
    case programFailed(name: String, text: String)
    /// A call to the system failed; the code is an errno.
    case system(call: String, code: Int32)

    var description: String {
        switch self {
        case .usage(let message): message
        case .noDaemon(let path): "there is no \(path), build it first: swift build -c release"
        case .daemonFailed(let log): "patrond does not serve: \(log)"
        case .unexpectedAnswer(let line): "patrond answered \(line)"
        case .silence(let seconds): "patrond has not answered for \(seconds) s"
        case .unreadableStatus(let path): "cannot read \(path)"
        case .sqlite(let code, let message): "sqlite \(code): \(message)"
        case .noShell: "there is no sqlite3 program; Debian has it in the package sqlite3"
        case .shellFailed(let status): "sqlite3 ended with status \(status)"
        case .noPostgres: "there is no PostgreSQL; Debian has it in the package postgresql"
        case .programFailed(let name, let text): "\(name) failed: \(text)"
        case .system(let call, let code): "\(call) failed with errno \(code)"
        }
    }
}
