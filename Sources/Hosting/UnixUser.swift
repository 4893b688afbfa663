internal import Foundation

/// Looks users of this machine up; asks the name services, so it may block.
enum UnixUser {
    /// A user's id, nil when nobody has this name.
    static func id(named name: String) -> UInt32? {
        var record = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwnam_r(name, &record, &buffer, buffer.count, &found) == 0, found != nil else { return nil }
        return record.pw_uid
    }
}
