internal import Foundation

/// A folder of a test, empty at first, for tests that cannot be the body of ``withTemporaryDirectory(_:)``.
public struct TemporaryDirectory: Sendable {
    /// Where it is, without a slash at the end.
    ///
    /// Short enough for a socket's path: https://man7.org/linux/man-pages/man7/unix.7.html
    public let path: String

    /// Makes the folder; only its owner may enter it.
    ///
    /// - Throws: `POSIXError`, the system's reason why no folder can be made.
    public init() throws {
        var template = Array("\(NSTemporaryDirectory())patron-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
        path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Removes the folder with everything in it.
    ///
    /// - Throws: The system's reason why it cannot, such as that it is no longer there.
    public func remove() throws {
        try FileManager.default.removeItem(atPath: path)
    }
}
