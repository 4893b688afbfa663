internal import Foundation

/// A tenant that cannot go on until somebody has looked after it says so in its folder, and keeps saying so wherever that
/// is moved.
extension TenantFolder {
    private var stopFile: String { "\(path)/stopped" }

    /// Why the tenant is stopped, nil when it is not.
    var stopReason: String? {
        get throws(HostError) {
            // Looked for first: that takes no descriptor, and most are not stopped.
            guard try Self.isThere(stopFile), let reason = try Self.contents(of: stopFile) else { return nil }
            return String(decoding: reason, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        }
    }

    /// Lets a stopped tenant go on, with another file.
    func resumeAfterStop() throws {
        guard unlink(stopFile) == 0 || errno == ENOENT else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        try Self.sync(path)
    }

    /// Stops the tenant, durably.
    func stop(_ reason: String) throws {
        guard
            FileManager.default.createFile(
                atPath: stopFile, contents: Data("\(reason)\n".utf8), attributes: [.posixPermissions: 0o600])
        else { throw POSIXError(.EIO) }
        try Self.sync(stopFile)
        try Self.sync(path)
    }
}
