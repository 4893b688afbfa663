import Foundation
import Synchronization

/// Orders through SQLite's C interface: a thread for each tenant, as far as there are cores.
struct RawRun {
    let paths: [String]
    /// How many orders share a commit.
    let batch: Int
    let seconds: Int

    /// - Returns: Orders a second.
    func run() throws -> Double {
        let threads = min(paths.count, ProcessInfo.processInfo.activeProcessorCount)
        let rates = Mutex<[Result<Double, any Error>]>([])
        DispatchQueue.concurrentPerform(iterations: threads) { thread in
            let own = paths.indices.filter { $0 % threads == thread }.map { paths[$0] }
            let rate = Result { try work(own) }
            rates.withLock { $0.append(rate) }
        }
        return try rates.withLock { $0 }.reduce(0) { try $0 + $1.get() }
    }

    /// Commits to one file after the other until the time is over.
    private func work(_ paths: [String]) throws -> Double {
        let writers = try paths.map { try RawOrderWriter(path: $0) }
        // The first commit to a file makes its log; with many files that is measured apart.
        if writers.count > 1 { for writer in writers { try writer.commit(batch, at: Int64(time(nil))) } }
        let start = ContinuousClock.now
        let end = start + .seconds(seconds)
        var orders = 0
        while ContinuousClock.now < end {
            for writer in writers {
                try writer.commit(batch, at: Int64(time(nil)))
                orders += batch
            }
        }
        return Double(orders) / ((ContinuousClock.now - start) / .seconds(1))
    }
}
