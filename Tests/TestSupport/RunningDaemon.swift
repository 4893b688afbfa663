public import ControlClient
internal import Foundation

/// The real daemon, run as a child process on a folder of a test; it never outlives the test.
public final class RunningDaemon: Sendable {
    /// Why there is no daemon to talk to.
    public enum StartError: Error, Equatable {
        /// It ended before it answered; its complaints are what it wrote on standard error.
        case ended(ChildProcess.End, complaints: String)
        /// It did not answer in time.
        case silent
    }

    /// Where its tenants and its socket are.
    public let directory: String
    /// The path of its socket.
    public let socket: String
    /// The process.
    public let process: ChildProcess
    private let guardian: Guardian

    /// Starts the daemon and returns when it answers.
    ///
    /// - Parameters:
    ///   - directory: A folder of the test; `tenants`, `patron.sock` and `log` are made in it.
    ///   - launcher: Words before the daemon's own command, such as `["sh", "-c", "ulimit -n 64; exec \"$0\" \"$@\""]`.
    ///   - environment: What is set besides the test's own environment.
    ///   - sendmail: The program that takes mail; mail waits unless it is given.
    ///   - plugins: The folder of the plugins that run in processes of their own.
    ///   - pluginPause: How long a plugin that failed is left alone at first, in milliseconds.
    ///   - limits: What a tenant may take unless it has limits of its own, as on the command line.
    ///   - options: Further words of the command line.
    /// - Throws: ``StartError``, or `POSIXError` when it cannot be started.
    public init(
        in directory: String, launcher: [String] = [], environment: [String: String] = [:], sendmail: String = "none",
        plugins: String? = nil, pluginPause: Int = 500, limits: String? = nil, options: [String] = []
    ) throws {
        self.directory = directory
        socket = "\(directory)/patron.sock"
        let tenants = "\(directory)/tenants"
        try FileManager.default.createDirectory(atPath: tenants, withIntermediateDirectories: true)
        let command = [
            Products.path(of: "patrond"), "serve", "--tenants", tenants, "--socket", socket, "--sendmail", sendmail,
        ]
        let options =
            options + (plugins.map { ["--plugins", $0, "--plugin-pause", "\(pluginPause)"] } ?? [])
            + (limits.map { ["--limits", $0] } ?? [])
        process = try ChildProcess(
            launcher + command + options, environment: environment, output: "\(directory)/output",
            errors: "\(directory)/log")
        guardian = try Guardian(of: process.pid)
        try waitUntilItAnswers()
    }

    deinit { kill() }

    /// The folder with a folder for each tenant.
    public var tenants: String { "\(directory)/tenants" }

    /// What it has written on standard error, line by line, restarts included.
    public var log: String {
        // A log that is not there is empty.
        (try? String(contentsOfFile: "\(directory)/log", encoding: .utf8)) ?? ""
    }

    /// A new connection.
    ///
    /// - Throws: `ClientError` when the daemon does not take it.
    public func connect() throws(ClientError) -> ControlConnection {
        try ControlConnection(path: socket)
    }

    /// A new connection, bound to a tenant.
    ///
    /// - Parameters:
    ///   - tenant: The tenant.
    ///   - staff: In whose name; nil for the operator's.
    /// - Returns: The connection, after `use`.
    /// - Throws: `ClientError` when the daemon does not take it, or refuses the tenant.
    public func connect(to tenant: String, as staff: String? = nil) throws(ClientError) -> ControlConnection {
        let connection = try connect()
        try connection.use(tenant, staff: staff)
        return connection
    }

    /// Asks it to end in good order and waits for that.
    @discardableResult
    public func stop() -> ChildProcess.End {
        process.signal(SIGTERM)
        return wait()
    }

    /// Ends it without warning, as loss of power would.
    public func kill() {
        process.signal(SIGKILL)
        _ = wait()
    }

    /// Waits until it ends by itself.
    public func wait() -> ChildProcess.End {
        let end = process.wait()
        guardian.dismiss()
        return end
    }

    private func waitUntilItAnswers() throws {
        // 2 ms a time: 20 s at most.
        for _ in 0..<10_000 {
            if let end = process.end { throw StartError.ended(end, complaints: log) }
            // Not yet there, or no answer yet: that is what the loop is for.
            if let reply = try? connect().ask("hello"), reply.error == nil { return }
            usleep(2_000)
        }
        throw StartError.silent
    }
}
