public import Foundation
internal import XCTest

/// Real data from outside, which is not part of the project.
public enum RealData {
    /// A file of the folder that `PATRON_TEST_DATA` names; without it, of `../shared/data` beside the package.
    ///
    /// - Parameter path: The file, relative to the folder.
    /// - Returns: Where the file is; a folder that lacks it fails the test that reads it.
    /// - Throws: `XCTSkip` when there is no such folder.
    public static func url(_ path: String) throws -> URL {
        let package = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["PATRON_TEST_DATA"].map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
        // The data is other people's and not part of the project: without it these tests have nothing to judge.
        guard FileManager.default.fileExists(atPath: folder.path) else { throw XCTSkip("there is no \(folder.path)") }
        return folder.appendingPathComponent(path)
    }

    /// The rows of a file that is a JSON array.
    ///
    /// - Parameters:
    ///   - type: What a row is.
    ///   - path: The file, relative to the folder.
    /// - Returns: All rows, in the order of the file.
    /// - Throws: As ``url(_:)``; `CocoaError` when the file cannot be read, `DecodingError` when it is something else.
    public static func rows<Row: Decodable>(_ type: Row.Type, in path: String) throws -> [Row] {
        try JSONDecoder().decode([Row].self, from: Data(contentsOf: url(path)))
    }
}
