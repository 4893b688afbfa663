internal import Foundation
internal import Synchronization

/// Kills a process when the tests end without having ended it, or when it runs for longer than any test should.
final class Guardian: Sendable {
    private let shell: ChildProcess
    private let line: Mutex<Int32?>

    /// Watches over a process for at most 600 s.
    init(of pid: Int32) throws {
        var ends: [Int32] = [-1, -1]
        // A socket and not a pipe: writing to a shell that has ended must not raise SIGPIPE.
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
            throw POSIXError(.init(rawValue: errno) ?? .EIO)
        }
        line = Mutex(ends[1])
        defer { close(ends[0]) }
        shell = try ChildProcess(
            ["/bin/sh", "-c", "timeout 600 sh -c 'read word' || kill -9 \(pid)"], input: ends[0])
    }

    deinit { dismiss() }

    /// The process has ended, and its number may become another's.
    func dismiss() {
        line.withLock { descriptor in
            guard let open = descriptor else { return }
            _ = send(open, "\n", 1, Int32(MSG_NOSIGNAL))
            close(open)
            descriptor = nil
        }
        _ = shell.wait()
    }
}
