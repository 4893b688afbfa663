import Foundation

/// A PostgreSQL server in a folder of its own, on a socket there, as one runs it where nothing may be lost.
///
/// It refuses to run as root, so root's runs as the user that Debian's package makes.
final class PostgresServer {
    private let folder: String
    private let programs: String
    private let process = Process()
    private let scratch: Scratch

    private static let user = "postgres"

    /// - Throws: ``BenchError/noPostgres``, ``BenchError/programFailed(name:text:)``.
    init(in folder: String, scratch: Scratch) throws {
        self.folder = folder
        self.scratch = scratch
        programs = try Self.programs()
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        if getuid() == 0 {
            // The user must get into the scratch folder, and own its own.
            guard chmod(scratch.path, 0o711) == 0, let entry = getpwnam(Self.user),
                chown(folder, entry.pointee.pw_uid, entry.pointee.pw_gid) == 0
            else { throw BenchError.noPostgres }
        }
        try run("initdb", ["-D", "\(folder)/data", "-A", "trust", "-U", "bench", "--no-sync"])
        (process.executableURL, process.arguments) = command(
            "postgres",
            ["-D", "\(folder)/data", "-k", folder]
                + [
                    "listen_addresses=", "synchronous_commit=on", "shared_buffers=1GB", "max_wal_size=8GB",
                    "max_connections=200",
                ].flatMap { ["-c", $0] })
        (process.standardOutput, process.standardError) = (FileHandle.nullDevice, FileHandle.nullDevice)
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        try scratch.start(process)
        for _ in 0..<1_000 where process.isRunning {
            if (try? ask("SELECT 1")) != nil { return }
            usleep(10_000)
        }
        stop()
        throw BenchError.programFailed(name: "postgres", text: "it does not answer")
    }

    /// Runs SQL.
    ///
    /// - Throws: ``BenchError/programFailed(name:text:)``.
    func ask(_ sql: String) throws {
        try run("psql", connection + ["-q", "-v", "ON_ERROR_STOP=1", "-c", sql, "postgres"])
    }

    /// Runs a script of pgbench's from many clients with prepared statements.
    ///
    /// - Returns: Transactions a second.
    /// - Throws: ``BenchError/programFailed(name:text:)``.
    func rate(of script: String, clients: Int, seconds: Int) throws -> Double {
        let path = "\(folder)/script.sql"
        try Data(script.utf8).write(to: URL(fileURLWithPath: path))
        guard chmod(path, 0o644) == 0 else { throw BenchError.system(call: "chmod", code: errno) }
        let text = try run(
            "pgbench",
            connection + [
                "-n", "-M", "prepared", "-c", "\(clients)", "-j", "\(min(2, clients))", "-T", "\(seconds)", "-f", path,
                "postgres",
            ])
        let line = text.split(separator: "\n").first { $0.hasPrefix("tps = ") }
        guard let rate = line?.split(separator: " ").dropFirst(2).first.flatMap({ Double($0) }) else {
            throw BenchError.programFailed(name: "pgbench", text: text)
        }
        return rate
    }

    /// Ends the server in good order and returns when it is gone.
    func stop() {
        scratch.end(process)
    }

    private var connection: [String] { ["-h", folder, "-U", "bench"] }

    /// - Returns: What the program prints.
    @discardableResult
    private func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        (process.executableURL, process.arguments) = command(program, arguments)
        process.currentDirectoryURL = URL(fileURLWithPath: "/")
        let output = Pipe()
        (process.standardInput, process.standardOutput, process.standardError) =
            (FileHandle.nullDevice, output, output)
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw BenchError.programFailed(name: program, text: text) }
        return text
    }

    private func command(_ program: String, _ arguments: [String]) -> (URL, [String]) {
        let path = "\(programs)/\(program)"
        guard getuid() == 0 else { return (URL(fileURLWithPath: path), arguments) }
        // Unlike runuser it becomes the program, so that a signal reaches that.
        return (
            URL(fileURLWithPath: "/usr/bin/setpriv"),
            ["--reuid", Self.user, "--regid", Self.user, "--init-groups", path] + arguments
        )
    }

    /// The newest version's programs, which Debian keeps out of PATH.
    private static func programs() throws -> String {
        let root = "/usr/lib/postgresql"
        // Without the folder there is no PostgreSQL.
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        guard let newest = versions.compactMap({ Int($0) }).max() else { throw BenchError.noPostgres }
        return "\(root)/\(newest)/bin"
    }
}
