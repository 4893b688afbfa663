internal import Foundation

/// A daemon that serves while its own program talks to it.
struct Background {
    private let daemon: Daemon

    init(_ options: ServeOptions) throws {
        daemon = try Daemon(options)
    }

    /// Serves on a thread of its own, runs the body meanwhile, and waits for the daemon's end; scratch tenants go then.
    ///
    /// - Parameter body: What talks to the daemon; whether the daemon is to end after it.
    /// - Throws: What the body throws.
    func serve(while body: (Daemon) throws -> Bool) throws {
        let daemon = daemon
        let ended = NSCondition()
        let thread = Thread {
            // The daemon reports its own troubles on stderr.
            try? daemon.run()
            ended.lock()
            ended.broadcast()
            ended.unlock()
        }
        ended.lock()
        thread.start()
        let outcome = Result { try body(daemon) }
        // What it threw is thrown below.
        if (try? outcome.get()) ?? true { daemon.drain() }
        ended.wait()
        ended.unlock()
        if daemon.options.isScratch { try FileManager.default.removeItem(atPath: daemon.options.tenants) }
        _ = try outcome.get()
    }
}
