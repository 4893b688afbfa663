import Foundation
import Storage

/// The measuring program.
@main
enum PatronBench {
    static func main() {
        // A daemon that has gone is an error of the write to it, never a signal.
        signal(SIGPIPE, SIG_IGN)
        Database.configureProcess()
        do {
            switch try BenchCommand(Array(CommandLine.arguments.dropFirst())) {
            case .orders(let options):
                try Scratch.with(in: options.directory) { try OrderBench(options, in: $0).run() }
            case .tenants(let options):
                try Scratch.with(in: options.directory) { try TenantBench(options, in: $0).run() }
            case .postgres(let options):
                try Scratch.with(in: options.directory) { try PostgresBench(options, in: $0).run() }
            case .idle(let options):
                try Scratch.with(in: options.directory) { try IdleBench(options, in: $0).run() }
            case .import(let options):
                try Scratch.with(in: options.directory) { try ImportBench(options, in: $0).run() }
            case .search(let options):
                try Scratch.with(in: options.directory) { try SearchBench(options, in: $0).run() }
            case .plugins(let options):
                try Scratch.with(in: options.directory) { try PluginBench(options, in: $0).run() }
            case .fairness(let options):
                try Scratch.with(in: options.directory) { try FairnessBench(options, in: $0).run() }
            case .help: print(BenchCommand.usage)
            }
        } catch BenchError.usage(let message) {
            complain("\(message)\n\n\(BenchCommand.usage)")
            exit(64)
        } catch {
            complain("patron-bench: \(error)")
            exit(1)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
