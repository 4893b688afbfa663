import CSystem
import Glibc
import Synchronization

/// A Unix stream socket on which clients can already connect.
///
/// It is closed when the last reference goes or the server drains, and a file made by ``bind(path:)`` is removed with it.
public final class ListeningSocket: Sendable {
    private struct State {
        var descriptor: Int32
        var path: String?
    }

    /// Bytes that fit `sun_path` beside its NUL.
    ///
    /// https://man7.org/linux/man-pages/man7/unix.7.html
    static let longestPath = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    private let state: Mutex<State>

    init(adopting descriptor: Int32, path: String?) {
        state = Mutex(State(descriptor: descriptor, path: path))
    }

    deinit { close() }

    /// The descriptor, or -1 once closed.
    var descriptor: Int32 { state.withLock { $0.descriptor } }

    /// Stops listening; a second call does nothing.
    ///
    /// The file goes first: a successor that looks meanwhile sees either a live socket or a free path.
    func close() {
        state.withLock { state in
            if let path = state.path { unlink(path) }
            if state.descriptor >= 0 { Glibc.close(state.descriptor) }
            state = State(descriptor: -1, path: nil)
        }
    }

    /// Listens at a path, for every user of the machine: who may do what is decided by the peer's credentials.
    ///
    /// A socket file that nobody answers on is replaced; missing parent folders are made, mode 0755.
    ///
    /// - Throws: ``ListeningError/inUse(path:)`` when somebody answers at the path, and the other reasons.
    public static func bind(path: String) throws(ListeningError) -> ListeningSocket {
        let length = path.utf8.count
        guard length > 0, !path.utf8.contains(0) else { throw .unusablePath }
        guard length <= longestPath else { throw .pathTooLong(bytes: length, limit: longestPath) }
        try makeFolders(above: path)
        let descriptor = csystem_unix_socket()
        guard descriptor >= 0 else { throw .system(call: "socket", code: errno) }
        do throws(ListeningError) {
            try claim(path, length: length, for: descriptor)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        let socket = ListeningSocket(adopting: descriptor, path: path)
        guard chmod(path, 0o666) == 0 else { throw .system(call: "chmod", code: errno) }
        guard listen(descriptor, SOMAXCONN) == 0 else { throw .system(call: "listen", code: errno) }
        return socket
    }

    private static func claim(_ path: String, length: Int, for descriptor: Int32) throws(ListeningError) {
        if csystem_unix_bind(descriptor, path, length) == 0 { return }
        guard errno == EADDRINUSE else { throw .system(call: "bind", code: errno) }
        var entry = stat()
        if lstat(path, &entry) == 0 {
            guard entry.st_mode & S_IFMT == S_IFSOCK else { throw .notASocket(path: path) }
            guard isStale(path, length: length) else { throw .inUse(path: path) }
            guard unlink(path) == 0 || errno == ENOENT else { throw .system(call: "unlink", code: errno) }
        }
        guard csystem_unix_bind(descriptor, path, length) == 0 else {
            throw errno == EADDRINUSE ? .inUse(path: path) : .system(call: "bind", code: errno)
        }
    }

    /// Only a refused connect proves that nobody listens; a full backlog (EAGAIN) is somebody.
    private static func isStale(_ path: String, length: Int) -> Bool {
        let probe = csystem_unix_socket()
        guard probe >= 0 else { return false }
        defer { Glibc.close(probe) }
        return csystem_unix_connect(probe, path, length) != 0 && (errno == ECONNREFUSED || errno == ENOENT)
    }

    private static func makeFolders(above path: String) throws(ListeningError) {
        var folder = ""
        for part in path.split(separator: "/", omittingEmptySubsequences: false).dropLast() {
            folder += part + "/"
            guard !part.isEmpty, mkdir(folder, 0o755) == 0 else {
                // Whether an existing folder serves is told by the bind that follows.
                if part.isEmpty || errno == EEXIST { continue }
                throw .system(call: "mkdir", code: errno)
            }
            // The umask must not lock the staff's users out.
            guard chmod(folder, 0o755) == 0 else { throw .system(call: "chmod", code: errno) }
        }
    }
}
