internal import Registry
internal import Synchronization

/// Works out on the job's own thread what the search index is to hold of imported customers, so that a worker need only
/// enter it.
final class ImportIndexing: Sendable {
    private struct State {
        /// How many batches of blocks are on their way into the index.
        var underway = 0
        /// The batch that was worked out last.
        var last: PreparedBlocks?
    }

    private let job: Job
    private let feed: ImportFeed
    private let state = Mutex(State())

    init(_ job: Job, _ feed: ImportFeed) {
        self.job = job
        self.feed = feed
    }

    /// Works out the next blocks where enough of them wait: one batch while the one before is entered.
    ///
    /// - Parameter isEnd: Whether all customers are there, so that few blocks are all that are left.
    /// - Returns: Whether there were any.
    /// - Throws: ``JobCancelled``, or why a step failed.
    func goOn(isEnd: Bool = false) throws -> Bool {
        let (underway, last) = state.withLock { ($0.underway, $0.last) }
        guard underway < 2 else { return false }
        let earlier = underway > 0 ? last : nil
        guard let blocks = try job.read({ try SearchBacklog.prepare($0, few: isEnd, behind: earlier) }) else {
            return false
        }
        state.withLock { state in
            state.underway += 1
            state.last = blocks
        }
        // Rows that wait would keep this thread from going on with the next blocks.
        try feed.add(isUrgent: true) { [self] transaction in
            defer { state.withLock { $0.underway -= 1 } }
            // What has changed meanwhile is worked out again.
            _ = try SearchBacklog(transaction).enter(blocks)
            return nil
        }
        return true
    }

    /// Enters all blocks that still wait; nothing is underway.
    func finish() throws {
        while let blocks = try job.read({ try SearchBacklog.prepare($0, few: true) }) {
            try job.write { transaction in
                let backlog = SearchBacklog(transaction)
                if try !backlog.enter(blocks) { _ = try backlog.enter(atMost: SearchBacklog.atOnce) }
            }
        }
    }
}
