import Foundation
import Synchronization

/// Looks at a process's memory ten times a second and remembers the most.
final class MemoryPeak: Sendable {
    private let peak = Mutex(0)
    private let isStopping = Atomic(false)

    init(of pid: pid_t) {
        Thread { [self] in
            while !isStopping.load(ordering: .relaxed) {
                // A process that is gone has no memory to speak of.
                if let memory = try? ResidentMemory(of: pid) { peak.withLock { $0 = max($0, memory.residentMB) } }
                usleep(100_000)
            }
        }.start()
    }

    /// The most so far, in MiB.
    func stop() -> Int {
        isStopping.store(true, ordering: .relaxed)
        return peak.withLock { $0 }
    }
}
