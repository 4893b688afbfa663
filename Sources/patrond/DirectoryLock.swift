internal import Foundation

/// Keeps a second daemon off the same tenants; the kernel lets go of it with the process.
struct DirectoryLock: Sendable {
    /// Another daemon works on the directory.
    struct Taken: Error, CustomStringConvertible {
        let directory: String
        var description: String { "another daemon works on \(directory)" }
    }

    /// Locks a directory, which is made if it is missing.
    init(_ directory: String) throws {
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        let descriptor = open("\(directory)/.lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            close(descriptor)
            throw Taken(directory: directory)
        }
        // Not closed: the lock lives as long as the process.
    }
}
