import Foundation
import XCTest

@testable import patron_bench

final class RawSQLTests: XCTestCase {
    func testEveryStatementStandsInTheProductsSource() throws {
        let sources = try Self.sources(of: ["Registry", "Storage"])

        for statement in RawSQL.allCases {
            XCTAssertTrue(
                sources.contains(Self.condensed("\(statement.text)")), "\(statement) is no longer the product's")
        }
        for pragma in RawSQL.pragmas {
            XCTAssertTrue(sources.contains("\"\(pragma)\""), "\(pragma) is no longer the product's")
        }
    }

    /// The text of all Swift files in the folders, condensed.
    private static func sources(of rooms: [String]) throws -> String {
        let root = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        var text = ""
        for room in rooms {
            let folder = root.appendingPathComponent("Sources/\(room)").path
            for file in try FileManager.default.subpathsOfDirectory(atPath: folder) where file.hasSuffix(".swift") {
                text += try String(contentsOfFile: "\(folder)/\(file)", encoding: .utf8)
            }
        }
        return condensed(text)
    }

    /// Single spaces in place of line ends and indentation.
    private static func condensed(_ text: String) -> String {
        text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}
