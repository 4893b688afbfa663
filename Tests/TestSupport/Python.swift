internal import Foundation
internal import XCTest

/// The language of the plugins that tests run in processes of their own.
public enum Python {
    /// Passes over a test where there is no `python3` to run its plugin.
    ///
    /// - Throws: `XCTSkip`.
    public static func require() throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        guard folders.contains(where: { FileManager.default.isExecutableFile(atPath: "\($0)/python3") }) else {
            // The README asks for no Python, so without it there is nothing that could run these plugins; .ci/run
            // installs it, and there none of these tests is passed over.
            throw XCTSkip("there is no python3")
        }
    }
}
