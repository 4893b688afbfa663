/// Runs a body with an empty folder that is gone afterwards, whatever happens.
///
/// The path is short enough for a socket's, see ``TemporaryDirectory``.
///
/// - Throws: What the body throws, or the system's reason why no folder can be made.
public func withTemporaryDirectory<T>(_ body: (String) throws -> T) throws -> T {
    let directory = try TemporaryDirectory()
    // What cannot be removed any more has been removed by the body.
    defer { try? directory.remove() }
    return try body(directory.path)
}
