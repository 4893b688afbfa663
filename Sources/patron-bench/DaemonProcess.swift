import ControlClient
import Foundation

/// A patrond of its own, started with this object and ended by ``stop()``.
final class DaemonProcess {
    let socket: String
    let tenants: String
    private let process = Process()
    private let log: String
    private let scratch: Scratch

    /// Starts the program beside this one and waits until it listens.
    ///
    /// - Throws: ``BenchError/noDaemon(path:)``, ``BenchError/daemonFailed(log:)``.
    init(in folder: String, scratch: Scratch, options: [String] = []) throws {
        self.scratch = scratch
        socket = "\(folder)/patron.sock"
        tenants = "\(folder)/tenants"
        log = "\(folder)/patrond.log"
        let program = try Self.program()
        guard FileManager.default.isExecutableFile(atPath: program) else { throw BenchError.noDaemon(path: program) }
        try FileManager.default.createDirectory(atPath: tenants, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: log, contents: nil),
            let output = FileHandle(forWritingAtPath: log)
        else { throw BenchError.system(call: "open", code: errno) }
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["serve", "--tenants", tenants, "--socket", socket] + options
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try scratch.start(process)
        do {
            try waitUntilItListens()
        } catch {
            stop()
            throw error
        }
    }

    var pid: pid_t { process.processIdentifier }

    /// Makes tenants with nothing in them, through the socket.
    ///
    /// - Throws: ``BenchError/unexpectedAnswer(_:)``, or why the conversation failed.
    func createTenants(_ names: [String]) throws {
        let connection = try ControlConnection(path: socket)
        for name in names {
            if let failure = try connection.ask("tenant.create name=\(name)").error {
                throw BenchError.unexpectedAnswer("\(failure.code) \(failure.slug)")
            }
        }
    }

    /// Ends the daemon as a crash would.
    func crash() {
        kill(pid, SIGKILL)
        scratch.end(process)
    }

    /// Ends the daemon in good order and returns when it is gone.
    func stop() {
        scratch.end(process)
    }

    /// The path of the program beside this one.
    static func program() throws -> String {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(fileURLWithPath: own).deletingLastPathComponent().appendingPathComponent("patrond").path
    }

    private func waitUntilItListens() throws {
        for _ in 0..<1000 where process.isRunning {
            if try isListening() { return }
            usleep(10_000)
        }
        throw BenchError.daemonFailed(log: FileManager.default.contents(atPath: log).map { Self.text($0) } ?? "")
    }

    private func isListening() throws(ClientError) -> Bool {
        do {
            _ = try ControlConnection(path: socket)
            return true
        } catch {
            switch error {
            case .noSocket, .connectionRefused: return false
            case .unusablePath, .pathTooLong, .notPermitted, .connectionLost, .unknownAnswer, .refused,
                .unreadableFile, .system:
                throw error
            }
        }
    }

    private static func text(_ data: Data) -> String { String(decoding: data, as: UTF8.self) }
}
