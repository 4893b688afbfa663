internal import Foundation

/// Turns SIGTERM and SIGINT into a call.
///
/// The signals are blocked from the first line of the program on and taken by one thread that waits for them: whenever
/// they come, they wait and are not lost (https://man7.org/linux/man-pages/man3/sigwait.3.html).
enum TerminationSignals {
    /// Call before the first thread is made: threads inherit what is blocked.
    static func block() {
        var signals = set
        pthread_sigmask(SIG_BLOCK, &signals, nil)
    }

    /// Calls `handler` with each signal from now on, those that have come already included.
    static func handle(_ handler: @escaping @Sendable () -> Void) {
        let thread = Thread {
            var signals = set
            var number: Int32 = 0
            while sigwait(&signals, &number) == 0 { handler() }
        }
        thread.name = "patron-signals"
        thread.stackSize = 256 << 10
        thread.start()
    }

    private static var set: sigset_t {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGINT)
        return signals
    }
}
