import Foundation
import Synchronization
import TestSupport

/// Kills a process at the n-th note that is taken, in the middle of whatever it does then.
final class KillSwitch: Sendable {
    private let process: ChildProcess
    private let left: Mutex<Int>

    init(_ process: ChildProcess, after count: Int) {
        self.process = process
        left = Mutex(count)
    }

    func note() {
        let isNow = left.withLock { left in
            left -= 1
            return left == 0
        }
        if isNow { process.signal(SIGKILL) }
    }
}
