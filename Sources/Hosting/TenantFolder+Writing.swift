internal import Foundation

/// Files that survive loss of power.
extension TenantFolder {
    /// Replaces a file in one step: write beside, sync, rename, sync the folder.
    static func replace(_ file: String, with data: Data) throws {
        let beside = file + ".new"
        try write(data, to: beside)
        try put(beside, inPlaceOf: file)
    }

    /// Writes a file that nobody else may read, and makes its bytes survive loss of power; what is there goes.
    static func write(_ data: Data, to path: String) throws {
        let target = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard target >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(target) }
        try data.withUnsafeBytes { try write($0, to: target) }
        guard fsync(target) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }

    /// Writes all bytes to an open file.
    static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            let part = UnsafeRawBufferPointer(rebasing: rest)
            let count = Foundation.write(descriptor, part.baseAddress, part.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
            rest = rest.dropFirst(count)
        }
    }

    /// Gives a file or folder the place of another, in one step that survives loss of power.
    static func put(_ path: String, inPlaceOf other: String) throws {
        guard rename(path, other) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        let folders = [path, other].map { URL(fileURLWithPath: $0).deletingLastPathComponent().path }
        for folder in Set(folders) { try sync(folder) }
    }

    /// Makes a folder that nobody else may read, unless it is there, and makes its name survive loss of power.
    static func makeFolder(_ path: String) throws {
        guard !FileManager.default.fileExists(atPath: path) else { return }
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try sync(URL(fileURLWithPath: path).deletingLastPathComponent().path)
    }

    /// Makes what a folder or file holds survive loss of power.
    static func sync(_ path: String) throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    }
}
