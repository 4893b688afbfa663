import Foundation

/// The user without rights, as whom only root can act.
enum Nobody {
    private static let id: uid_t = 65_534

    /// Runs a body as nobody; the kernel notes at the moment of connecting who a client is.
    static func act<T>(_ body: () throws -> T) throws -> T {
        guard seteuid(id) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EPERM) }
        defer { seteuid(0) }
        return try body()
    }
}
