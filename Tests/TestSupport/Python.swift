internal import Foundation
internal import XCTest

/// The language of the plugins that tests run in processes of their own.
public enum Python {
    /// The interpreter, or a test that is passed over where there is none.
    ///
    /// A `python3` that is a script, which looks for the interpreter anew each time, takes longer to start than all that
    /// most of the plugins do; it is taken only where there is nothing else.
    ///
    /// - Returns: Its path.
    /// - Throws: `XCTSkip`.
    @discardableResult
    public static func require() throws -> String {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        let found = folders.map { "\($0)/python3" }.filter { FileManager.default.isExecutableFile(atPath: $0) }
        // The README asks for no Python, so without it there is nothing that could run these plugins; .ci/run
        // installs it, and there none of these tests is passed over.
        guard let first = found.first else { throw XCTSkip("there is no python3") }
        return found.first { path in
            // What cannot be read is no script either.
            (try? FileHandle(forReadingFrom: URL(fileURLWithPath: path)).read(upToCount: 2)) != Data("#!".utf8)
        } ?? first
    }
}
