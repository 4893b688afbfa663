import Foundation
import TestSupport

/// What `patrond plugin-test` says of a plugin.
struct PluginRun {
    let end: ChildProcess.End
    /// A line for each case.
    let lines: [String]

    /// Tries the plugin in a folder, with a share of all the ways in which details can be wrong.
    init(_ folder: String) throws {
        (end, lines) = try withTemporaryDirectory { directory in
            let process = try ChildProcess(
                [Products.path(of: "patrond"), "plugin-test", "--mutations", "40", folder],
                output: "\(directory)/output", errors: "\(directory)/errors")
            let end = process.wait()
            let output = try String(contentsOfFile: "\(directory)/output", encoding: .utf8)
            let errors = try String(contentsOfFile: "\(directory)/errors", encoding: .utf8)
            let said = errors.split(separator: "\n").filter { !$0.hasPrefix("{") }
            return (end, (output.split(separator: "\n") + said).map(String.init))
        }
    }

    /// The cases that do not hold, without what came instead.
    var failures: [String] {
        lines.filter { $0.hasPrefix("FAILED ") }.map { line in
            String(line.dropFirst(7).prefix { $0 != ":" })
        }
    }
}
