internal import Foundation

/// The daemon's program.
@main
enum Patrond {
    static func main() {
        // A client that has gone is an error of its own write, never a signal.
        signal(SIGPIPE, SIG_IGN)
        TerminationSignals.block()
        do {
            switch try DaemonCommand(Array(CommandLine.arguments.dropFirst())) {
            case .serve(let options): try Daemon(options).run()
            case .demo(let options, let isOnce): try Demo(options, isOnce: isOnce).run()
            case .pluginTest(let target, let limit):
                exit(try PluginTest(target, mutationLimit: limit).run() ? 0 : 1)
            case .serveChannel(let channel, let id, let ordersOnly):
                try ServedChannel(channel, ordersOnly: ordersOnly).run(manifestOf: id)
            case .help: print(DaemonCommand.usage)
            }
        } catch let error as UsageError {
            complain("\(error.message)\n\n\(DaemonCommand.usage)")
            exit(64)
        } catch {
            complain("patrond: \(error)")
            // Not exit: its clean-up could wait for threads that have just begun.
            _exit(1)
        }
    }

    private static func complain(_ text: String) {
        FileHandle.standardError.write(Data("\(text)\n".utf8))
    }
}
