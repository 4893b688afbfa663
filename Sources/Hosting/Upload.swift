internal import Foundation
internal import Synchronization

/// A file that a client sends piece by piece; it has no name on disk and goes with the last reference to it.
public final class Upload: Sendable {
    private let descriptor: Int32
    private let size = Mutex<Int64>(0)
    /// What all uploads of the tenant take together.
    private let allowance: UploadAllowance

    /// - Throws: What the file system says.
    init(in directory: String, allowance: UploadAllowance) throws {
        var path = Array("\(directory)/.upload-XXXXXX".utf8CString)
        descriptor = mkstemp(&path)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        unlink(path)
        // Not atomic with the opening: a child started just in between would hold the file a while longer.
        _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        self.allowance = allowance
    }

    deinit {
        close(descriptor)
        allowance.giveBack(size.withLock { $0 })
    }

    /// Bytes so far.
    public var count: Int64 { size.withLock { $0 } }

    /// Adds bytes at the end; blocks.
    ///
    /// - Throws: ``HostError/uploadsTooBig(limit:)``, or what the file system says.
    public func append(_ bytes: [UInt8]) throws {
        try allowance.take(Int64(bytes.count))
        do {
            try size.withLock { size in
                var offset = 0
                while offset < bytes.count {
                    let written = bytes.withUnsafeBytes { buffer in
                        pwrite(
                            descriptor, buffer.baseAddress.map { $0 + offset }, bytes.count - offset,
                            off_t(size) + off_t(offset))
                    }
                    if written < 0, errno == EINTR { continue }
                    guard written > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
                    offset += written
                }
                size += Int64(bytes.count)
            }
        } catch {
            allowance.giveBack(Int64(bytes.count))
            throw error
        }
    }

    /// At most `count` bytes from `offset`; none at the end; blocks.
    ///
    /// - Throws: What the file system says.
    public func read(at offset: Int64, count: Int) throws -> [UInt8] {
        let limit = Int(min(Int64(count), max(0, self.count - offset)))
        guard limit > 0 else { return [] }
        var code: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
            while filled < limit {
                let length = pread(
                    descriptor, buffer.baseAddress.map { $0 + filled }, limit - filled, off_t(offset) + off_t(filled))
                if length < 0, errno == EINTR { continue }
                if length < 0 { code = errno }
                guard length > 0 else { break }
                filled += length
            }
        }
        guard code == 0 else { throw POSIXError(.init(rawValue: code) ?? .EIO) }
        return bytes
    }
}

/// How many bytes the uploads of a tenant may take at a time.
final class UploadAllowance: Sendable {
    private static let limit: Int64 = 1 << 30
    private let taken = Mutex<Int64>(0)

    /// - Throws: ``HostError/uploadsTooBig(limit:)``.
    func take(_ count: Int64) throws(HostError) {
        let fits = taken.withLock { taken in
            guard taken + count <= Self.limit else { return false }
            taken += count
            return true
        }
        guard fits else { throw .uploadsTooBig(limit: Self.limit) }
    }

    func giveBack(_ count: Int64) {
        taken.withLock { $0 -= count }
    }
}
