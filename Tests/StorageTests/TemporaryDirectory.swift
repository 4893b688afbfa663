import Foundation

/// Runs a body with an empty folder that is gone afterwards.
func withTemporaryDirectory<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("patron-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    // What cannot be removed any more has been removed by the body.
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder.path)
}
