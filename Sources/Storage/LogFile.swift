internal import CStorage
internal import Glibc

/// The write-ahead log beside a database.
public enum LogFile {
    /// The log, or the folder it is in, could not be written to the disk; what of it is there is not known.
    public struct NotSynced: Error, Equatable, Sendable, CustomStringConvertible {
        public let errno: Int32

        public var description: String { "its log could not be synced, error \(errno)" }
    }

    /// Makes what was committed to a database survive loss of power; blocks.
    ///
    /// Does not touch the file itself, whose locks would be lost by that (https://sqlite.org/howtocorrupt.html); where
    /// there is no log, SQLite has synced the file when it wrote the log back.
    ///
    /// - Throws: ``NotSynced``.
    public static func sync(of database: String) throws(NotSynced) {
        let descriptor = opened(database + "-wal", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw NotSynced(errno: errno)
        }
        defer { close(descriptor) }
        guard cstorage_sync_in_pieces(descriptor) == 0 else { throw NotSynced(errno: errno) }
        // The log may have been made since the folder was synced.
        let folder = database.lastIndex(of: "/").map { String(database[..<$0]) } ?? "."
        let directory = opened(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard directory >= 0 else { throw NotSynced(errno: errno) }
        defer { close(directory) }
        guard fsync(directory) == 0 else { throw NotSynced(errno: errno) }
    }

    /// Whether there may be a log: false only where there certainly is none.
    public static func mayBeThere(of database: String) -> Bool {
        access(database + "-wal", F_OK) == 0 || errno != ENOENT
    }

    /// Waits for a descriptor where all are in use: nothing is lost by that.
    private static func opened(_ path: String, _ flags: Int32) -> Int32 {
        for _ in 0..<attempts {
            let descriptor = open(path, flags)
            guard descriptor < 0, errno == EMFILE || errno == ENFILE else { return descriptor }
            usleep(1_000)
        }
        return open(path, flags)
    }

    /// A millisecond each.
    private static let attempts = 30_000
}
