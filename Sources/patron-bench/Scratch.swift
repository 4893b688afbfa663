import Foundation
import Synchronization

/// A folder of its own that is removed at the end, also after an error, SIGINT or SIGTERM.
final class Scratch: Sendable {
    let path: String
    private let daemon = Mutex<pid_t?>(nil)

    /// Makes a folder in `directory` for as long as `body` runs.
    static func with(in directory: String, _ body: (Scratch) throws -> Void) throws {
        let scratch = try Scratch(in: directory)
        let signals = scratch.cleaningUpOnSignals()
        defer {
            for source in signals { source.cancel() }
            scratch.remove()
        }
        try body(scratch)
    }

    private init(in directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        var template = Array("\(directory)/patron-bench-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw BenchError.system(call: "mkdtemp", code: errno) }
        path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Starts a daemon, which is ended when this program is interrupted.
    func start(_ process: Process) throws {
        try daemon.withLock { daemon in
            try process.run()
            daemon = process.processIdentifier
        }
    }

    /// Ends the daemon in good order and returns when it is gone.
    func end(_ process: Process) {
        if process.isRunning { process.terminate() }
        process.waitUntilExit()
        daemon.withLock { $0 = nil }
    }

    /// Makes a folder in this one for as long as `body` runs.
    func withFolder<Result>(_ name: String, _ body: (String) throws -> Result) throws -> Result {
        let folder = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let result = Swift.Result { try body(folder) }
        try FileManager.default.removeItem(atPath: folder)
        return try result.get()
    }

    /// Ends the daemon, removes the folder and exits when the user has had enough.
    ///
    /// - Returns: What must live as long as that is wanted.
    private func cleaningUpOnSignals() -> [any DispatchSourceSignal] {
        [SIGINT, SIGTERM].map { number in
            // Dispatch sees the signal only when it is not handled otherwise.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { [self] in
                // The lock is kept to the end, so that no other daemon is started meanwhile.
                daemon.withLock { daemon in
                    if let daemon { endAndWait(daemon) }
                    remove()
                    exit(128 + number)
                }
            }
            source.resume()
            return source
        }
    }

    /// The process is a child that another thread reaps: it is gone when it cannot be signalled.
    private func endAndWait(_ pid: pid_t) {
        kill(pid, SIGTERM)
        for _ in 0..<1000 where kill(pid, 0) == 0 { usleep(10_000) }
    }

    /// Removes the folder, a few times when a measurement that is still at work puts files back.
    private func remove() {
        for _ in 0..<100 where FileManager.default.fileExists(atPath: path) {
            // Scratch files that cannot be removed are no reason to lose the figures.
            try? FileManager.default.removeItem(atPath: path)
            usleep(1000)
        }
    }
}
