internal import Foundation

/// Runs a body with an empty folder that is gone afterwards, whatever happens.
///
/// The path is short enough for a socket's: https://man7.org/linux/man-pages/man7/unix.7.html
///
/// - Throws: What the body throws, or the system's reason why no folder can be made.
public func withTemporaryDirectory<T>(_ body: (String) throws -> T) throws -> T {
    var template = Array("\(NSTemporaryDirectory())patron-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    let path = String(decoding: template.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    // What cannot be removed any more has been removed by the body.
    defer { try? FileManager.default.removeItem(atPath: path) }
    return try body(path)
}
