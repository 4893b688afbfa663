import CSystem
import Glibc

extension ListeningSocket {
    /// First descriptor that a service manager passes.
    ///
    /// https://www.freedesktop.org/software/systemd/man/latest/sd_listen_fds.html
    private static let firstInherited: Int32 = 3

    /// Takes over the socket that the service manager opened for this process; nil when it opened none.
    ///
    /// - Throws: ``ListeningError/inheritedCount(_:)`` or ``ListeningError/inheritedIsNoListener``.
    public static func inherited() throws(ListeningError) -> ListeningSocket? {
        try inherited(
            process: getenv("LISTEN_PID").map { String(cString: $0) },
            count: getenv("LISTEN_FDS").map { String(cString: $0) }, descriptor: firstInherited)
    }

    static func inherited(
        process: String?, count: String?, descriptor: Int32
    ) throws(ListeningError) -> ListeningSocket? {
        guard let process = process.flatMap({ Int32($0) }), process == getpid() else { return nil }
        guard let count = count.flatMap({ Int($0) }), count != 0 else { return nil }
        guard count == 1 else { throw .inheritedCount(count) }
        guard csystem_is_unix_listener(descriptor) == 1 else { throw .inheritedIsNoListener }
        guard csystem_adopt(descriptor) == 0 else { throw .system(call: "fcntl", code: errno) }
        return ListeningSocket(adopting: descriptor, path: nil)
    }
}
