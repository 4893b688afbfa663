import ControlClient
import Foundation

/// The client for people and scripts.
@main
enum Patronctl {
    static func main() {
        StandardStream.openMissing()
        do throws(UsageError) {
            let invocation = try Invocation(
                arguments: Array(CommandLine.arguments.dropFirst()), environment: ProcessInfo.processInfo.environment)
            exit(Session(invocation).run().rawValue)
        } catch {
            StandardStream.error.write("patronctl: \(error)\nTry 'patronctl --help'.\n")
            exit(ExitStatus.usage.rawValue)
        }
    }
}
