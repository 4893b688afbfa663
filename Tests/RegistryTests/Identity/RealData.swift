import Foundation
import XCTest

/// Real test material, which does not belong to the package.
enum RealData {
    /// The rows of a JSON file.
    ///
    /// The folder is named by the environment variable `PATRON_TEST_DATA`; without it, it is `../shared/data`.
    ///
    /// - Throws: `XCTSkip` when the folder is absent.
    static func rows<Row: Decodable>(_ type: Row.Type, in file: String) throws -> [Row] {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["PATRON_TEST_DATA"].map { URL(fileURLWithPath: $0) }
            ?? package.deletingLastPathComponent().appendingPathComponent("shared/data")
        guard FileManager.default.fileExists(atPath: folder.path) else { throw XCTSkip("no real data") }
        return try JSONDecoder().decode([Row].self, from: Data(contentsOf: folder.appendingPathComponent(file)))
    }
}
