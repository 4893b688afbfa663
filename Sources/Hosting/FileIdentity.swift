internal import Foundation

/// Which file a path leads to: a file that has been replaced or removed is not the one that is open.
struct FileIdentity: Sendable, Equatable {
    private let device: UInt
    private let inode: UInt

    /// Nil when the path leads nowhere.
    init?(_ path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        device = UInt(status.st_dev)
        inode = UInt(status.st_ino)
    }
}
