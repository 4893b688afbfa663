internal import Foundation

/// A folder of a test, empty at first, for tests that cannot be the body of ``withTemporaryDirectory(_:)``.
///
/// It is where `TMPDIR` says; without that in memory, if there is room. What a killed process has written is there
/// nevertheless, and what a loss of power leaves is made up by the tests themselves: none of them needs a disk's syncs,
/// for which most of them would wait longer than for anything else.
public struct TemporaryDirectory: Sendable {
    /// Where it is, without a slash at the end.
    ///
    /// Short enough for a socket's path: https://man7.org/linux/man-pages/man7/unix.7.html
    public let path: String

    /// Makes the folder; only its owner may enter it.
    ///
    /// - Throws: `POSIXError`, the system's reason why no folder can be made.
    public init() throws {
        var template = Array("\(Self.parent)patron-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    private static let parent: String = {
        let memory = "/dev/shm/"
        var state = statvfs()
        guard ProcessInfo.processInfo.environment["TMPDIR"] == nil, access(memory, W_OK) == 0,
            statvfs(memory, &state) == 0,
            // 8 is ST_NOEXEC, which Glibc's module lacks; tests make programs in their folders and start them.
            state.f_flag & 8 == 0,
            UInt64(state.f_bavail) * UInt64(state.f_frsize) >= 4 << 30
        else { return NSTemporaryDirectory() }
        return memory
    }()

    /// Removes the folder with everything in it.
    ///
    /// - Throws: The system's reason why it cannot, such as that it is no longer there.
    public func remove() throws {
        try FileManager.default.removeItem(atPath: path)
    }
}
