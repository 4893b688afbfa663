internal import Foundation
internal import Registry

/// How long a file is, and its SHA-256.
struct ChecksummedFile: Sendable, Equatable {
    let bytes: Int64
    /// In hexadecimal.
    let sha256: String

    private static let piece = 1 << 20

    /// What is known of a file.
    init(bytes: Int64, sha256: String) {
        self.bytes = bytes
        self.sha256 = sha256
    }

    /// Reads a file from its start to its end, and writes what it reads to another; blocks.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - copy: Where no file is yet; nil to read only. It is synced.
    ///   - progress: Told how many bytes are read; what it throws ends the reading.
    /// - Throws: What the file system says.
    init(_ path: String, copyingTo copy: String? = nil, _ progress: (_ bytes: Int64) throws -> Void = { _ in }) throws {
        let source = open(path, O_RDONLY | O_CLOEXEC)
        guard source >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(source) }
        let target = try copy.map { path in
            let target = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            guard target >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            return target
        }
        defer { if let target { close(target) } }
        var digest = SHA256Digest()
        var total: Int64 = 0
        try withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.piece) { buffer in
            while true {
                let count = read(source, buffer.baseAddress, buffer.count)
                if count < 0, errno == EINTR { continue }
                guard count >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
                if count == 0 { break }
                let bytes = UnsafeBufferPointer(rebasing: buffer[..<count])
                digest.update(bytes)
                if let target { try TenantFolder.write(UnsafeRawBufferPointer(bytes), to: target) }
                total += Int64(count)
                try progress(total)
            }
        }
        if let target, fsync(target) != 0 { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        bytes = total
        sha256 = Self.hexadecimal(digest.finish())
    }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String(format: "%02x", $0) }.joined()
    }
}
