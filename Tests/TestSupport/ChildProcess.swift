internal import Foundation
internal import Synchronization

/// A program run by a test, by its process id alone.
public final class ChildProcess: Sendable {
    /// How a program ended.
    public enum End: Sendable, Equatable {
        case exited(Int32)
        case signalled(Int32)
    }

    /// The process; never another's as long as ``end`` is nil.
    public let pid: Int32
    private let state = Mutex<End?>(nil)

    /// Starts a program.
    ///
    /// - Parameters:
    ///   - command: The program, searched for in `PATH` unless it has a slash, and its arguments.
    ///   - environment: What is set besides this process's own environment.
    ///   - input: The descriptor for its standard input; nil for nothing to read.
    ///   - output: The file for its standard output; nil to drop it.
    ///   - errors: The file for its standard error, appended to; nil to drop it.
    /// - Throws: `POSIXError` when it cannot be started.
    public init(
        _ command: [String], environment: [String: String] = [:], input: Int32? = nil, output: String? = nil,
        errors: String? = nil
    ) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        if let input {
            posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
        } else {
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        let write = O_WRONLY | O_CREAT
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output ?? "/dev/null", write | O_TRUNC, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors ?? "/dev/null", write | O_APPEND, 0o600)
        let merged = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let arguments = CStrings(command)
        let variables = CStrings(merged.map { "\($0)=\($1)" })
        var pid: pid_t = 0
        let code = posix_spawnp(&pid, arguments.first, &actions, nil, arguments.pointers, variables.pointers)
        guard code == 0 else { throw POSIXError(.init(rawValue: code) ?? .EIO) }
        self.pid = pid
    }

    deinit {
        guard end == nil else { return }
        kill(pid, SIGKILL)
        _ = wait()
    }

    /// How it ended; nil while it runs.
    public var end: End? { collect(WNOHANG) }

    /// Waits for its end.
    public func wait() -> End {
        while true {
            if let end = collect(0) { return end }
        }
    }

    /// Sends a signal, unless it has ended.
    public func signal(_ number: Int32) {
        state.withLock { if $0 == nil { kill(pid, number) } }
    }

    private func collect(_ options: Int32) -> End? {
        // The lock is not held while waiting: others may want to send a signal.
        var info = siginfo_t()
        if options == 0 { while waitid(P_PID, id_t(pid), &info, WEXITED | WNOWAIT) < 0, errno == EINTR {} }
        return state.withLock { state in
            if let state { return state }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            let signal = status & 0x7F
            let end: End = signal == 0 ? .exited(status >> 8 & 0xFF) : .signalled(signal)
            state = end
            return end
        }
    }
}

/// Texts as C wants them, for as long as this object lives.
private final class CStrings {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ texts: [String]) {
        pointers = texts.map { strdup($0) } + [nil]
    }

    deinit { for pointer in pointers { free(pointer) } }

    var first: String { pointers.first.flatMap { $0 }.map { String(cString: $0) } ?? "" }
}
