public import Foundation
internal import XCTest

/// Real data from outside, which is not part of the project.
public enum RealData {
    /// A file of the folder that `PATRON_TEST_DATA` names; without it, of `../shared/data` beside the package.
    ///
    /// - Parameter path: The file, relative to the folder.
    /// - Returns: A file that exists.
    /// - Throws: `XCTSkip` when there is no such file.
    public static func url(_ path: String) throws -> URL {
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["PATRON_TEST_DATA"].map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
        let url = folder.appendingPathComponent(path)
        guard FileManager.default.fileExists(atPath: url.path) else { throw XCTSkip("there is no \(url.path)") }
        return url
    }
}
