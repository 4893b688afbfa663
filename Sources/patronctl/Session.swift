import ControlClient
import Glibc

/// One run of the program, from the connection to the exit status.
struct Session {
    /// Bytes that may wait while there is more to read.
    private static let outputLimit = 64 << 10

    private let invocation: Invocation
    private var printer: AnswerPrinter

    init(_ invocation: Invocation) {
        self.invocation = invocation
        printer = AnswerPrinter(
            style: AnswerStyle(
                isJSON: invocation.isJSON, width: StandardStream.output.width,
                showsProgress: StandardStream.error.isTerminal))
    }

    consuming func run() -> ExitStatus {
        switch invocation.action {
        case .help:
            StandardStream.output.write(Usage.text)
            return .done
        case .version:
            StandardStream.output.write("patronctl 0.1.0 (control protocol 1)\n")
            return .done
        case .completion(let shell):
            StandardStream.output.write(CompletionScript.text(for: shell))
            return .done
        case .lines: return finish { (session) throws(ClientError) in try session.sendLines() }
        case .request(let verb, let arguments):
            return finish { (session) throws(ClientError) in try session.send(verb, arguments) }
        }
    }

    private consuming func finish(_ body: (inout Session) throws(ClientError) -> Void) -> ExitStatus {
        let status: ExitStatus?
        do throws(ClientError) {
            try body(&self)
            status = nil
        } catch {
            printer.endRows()
            status = report(error)
        }
        do throws(ClientError) {
            try flush()
        } catch {
            return report(error)
        }
        return status ?? (printer.hasFailed ? .refused : .done)
    }

    private mutating func report(_ error: ClientError) -> ExitStatus {
        switch error {
        case .refused(let failure):
            printer.report(failure)
            return .refused
        case .unreadableFile:
            complain(error)
            return .usage
        case .unusablePath, .pathTooLong, .noSocket, .connectionRefused, .notPermitted, .connectionLost,
            .unknownAnswer, .system:
            complain(error)
            return .unreachable
        }
    }

    private mutating func complain(_ error: ClientError) {
        printer.complain("patronctl: \(error)")
    }

    /// Connects, and binds the connection when the lines cannot name their tenant themselves.
    private func connect(binding: Bool) throws(ClientError) -> ControlConnection {
        let connection = try ControlConnection(path: invocation.socket)
        if binding, let tenant = invocation.tenant { try connection.use(tenant, staff: invocation.staff) }
        return connection
    }

    private mutating func send(_ verb: String, _ arguments: [String]) throws(ClientError) {
        let isBound = invocation.staff != nil
        let connection = try connect(binding: isBound)
        let tenant = isBound ? nil : invocation.tenant
        let arguments = try connection.uploadingFiles(in: arguments, tenant: tenant)
        let line = RequestLine.line(tenant: tenant, verb: verb, arguments: arguments)
        do throws(ClientError) {
            try connection.send(line)
        } catch .connectionLost {
            // A daemon that hangs up says why first.
        }
        var isWatching = false
        while let line = try connection.readAnswerLine() {
            try printer.take(line, of: verb)
            if !connection.hasBufferedLine() || printer.shownCount > Self.outputLimit { try flush() }
            guard line.isTerminator else { continue }
            if case .ok = line, verb == "event.watch" { isWatching = true }
            if !isWatching { return }
        }
        throw .connectionLost
    }

    private mutating func sendLines() throws(ClientError) {
        let connection = try connect(binding: true)
        var pipeline = Pipeline(connection: connection, input: STDIN_FILENO)
        try pipeline.run { (event) throws(ClientError) in
            switch event {
            case .line(let line, let verb):
                try printer.take(line, of: verb)
                if printer.shownCount > Self.outputLimit { try flush() }
            case .pause: try flush()
            }
        }
    }

    private mutating func flush() throws(ClientError) {
        for text in printer.takeShown() {
            let stream: StandardStream =
                switch text.stream {
                case .output: .output
                case .errors: .error
                }
            guard stream.write(text.bytes) else { throw .system(call: "write", code: errno) }
        }
    }
}
