internal import Foundation

/// A file of the journal, as long as it will ever be: to overwrite what is there takes a sync less than half the time
/// that it takes to append.
final class SegmentFile: Sendable {
    let path: String
    let size: Int
    private let descriptor: Int32

    /// So many bytes are written, synced or let go of at a time: whoever syncs another file waits for no more than these.
    private static let step = 1 << 20

    /// Makes a file of zeros that survives loss of power, a piece at a time; blocks.
    ///
    /// - Throws: ``JournalError/system(call:path:errno:)``; there is no file then.
    init(making path: String, size: Int) throws(JournalError) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
        self.path = path
        self.size = size
        self.descriptor = descriptor
        let zeros = [UInt8](repeating: 0, count: min(size, Self.step))
        var offset = 0
        while offset < size {
            let piece = zeros.prefix(size - offset)
            guard piece.withUnsafeBytes({ Self.write($0, to: descriptor, at: offset) }) else {
                throw remove("write")
            }
            offset += piece.count
            guard offset == size || fdatasync(descriptor) == 0 else { throw remove("fdatasync") }
        }
        guard fsync(descriptor) == 0 else { throw remove("fsync") }
        guard Self.syncFolder(of: path) else { throw remove("fsync") }
    }

    deinit {
        close(descriptor)
    }

    /// Overwrites what is there.
    ///
    /// - Returns: Whether all was written; the system's `errno` says why not.
    func write(_ bytes: [UInt8], at offset: Int) -> Bool {
        precondition(offset + bytes.count <= size, "within the segment")
        return bytes.withUnsafeBytes { Self.write($0, to: descriptor, at: offset) }
    }

    /// Makes what was written survive loss of power.
    ///
    /// Ends the process where that fails: what of it the disk has nobody knows, and another sync would say that all is
    /// well although it is not (https://wiki.postgresql.org/wiki/Fsync_Errors). The next start finds what is there.
    func sync() {
        guard fdatasync(descriptor) == 0 else { fatalError("\(path): fdatasync failed with error \(errno)") }
    }

    /// Gives the disk back what a file takes that has no name any more, a piece at a time; blocks.
    ///
    /// A disk that is told of all of it at once (https://man7.org/linux/man-pages/man8/fstrim.8.html) keeps others waiting.
    /// What fails here is given back when the file is closed.
    func shrink() {
        for length in stride(from: size - Self.step, to: 0, by: -Self.step) {
            guard ftruncate(descriptor, off_t(length)) == 0, fsync(descriptor) == 0 else { return }
        }
    }

    /// Makes a file of these bytes, which survive loss of power; its name does once the folder is synced.
    static func make(_ path: String, of bytes: [UInt8]) throws(JournalError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .system(call: "open", path: path, errno: errno) }
        defer { close(descriptor) }
        guard bytes.withUnsafeBytes({ write($0, to: descriptor, at: 0) }) else {
            throw .system(call: "write", path: path, errno: errno)
        }
        guard fsync(descriptor) == 0 else { throw .system(call: "fsync", path: path, errno: errno) }
    }

    static func syncFolder(of path: String) -> Bool {
        let folder = open((path as NSString).deletingLastPathComponent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { return false }
        defer { close(folder) }
        return fsync(folder) == 0
    }

    private func remove(_ call: String) -> JournalError {
        let code = errno
        unlink(path)
        return .system(call: call, path: path, errno: code)
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, at offset: Int) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = pwrite(
                descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            done += count
        }
        return true
    }
}
